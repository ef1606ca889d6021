import type { Facts } from "../../doctor/facts.ts";
import type { CommitFacts } from "../../github/listing/commit-facts.ts";
import type { BranchTip } from "../../github/listing/list-branches.ts";
import type { ListedPulls, MergedInto, PullOnHead } from "../../github/listing/list-pulls.ts";
import type { Merge } from "../../github/listing/merge.ts";
import type { QueuedPull } from "../../github/listing/merge-group.ts";
import type {
  Access,
  Beside,
  BranchRulesRead,
  ExistingCheckRun,
  RangeRequest,
  RangeResult,
  ReadReply,
  ReadResult,
  RepliesRequest,
} from "../../github/reading/read-snapshot.ts";
import type {
  LabelsAndReviewers,
  LedgerStatus,
  NewIssue,
  PullRef,
  Written,
} from "../../github/writing/write.ts";
import type { PasskeyFacts } from "../../signoff/passkey-facts.ts";
import type { StickyComment } from "../../signoff/report/comment.ts";
import type { Explanation } from "../../signoff/report/explain.ts";
import type { CommitRecord } from "../../signoff/snapshot.ts";
import type { Conclusion } from "../../signoff/verdict.ts";
import type { PullRequestMemory } from "../../store/memory.ts";
import type { Withdrawal } from "../../store/passes.ts";
import type { RepositoryRef, SeenRepository } from "../../store/repository.ts";
import type { MergeGroup } from "../../store/task.ts";
import type { BranchMove } from "../../watch/moves.ts";

interface Reading {
  readonly pull: number;
  readonly headSha: string;
  readonly memory: PullRequestMemory;
  /** What is known of these commits. */
  readonly recall: (shas: readonly string[]) => Promise<readonly CommitRecord[]>;
  /** What is known of the commits of heads that made the same change. */
  readonly recallSameContent: (contentDigest: string) => Promise<readonly CommitRecord[]>;
  /** What is known of the changes beside it. */
  readonly beside?: Beside;
  /** What is known of passkeys. */
  readonly passkeys?: () => Promise<PasskeyFacts>;
  /** Answers about people that were asked for before are neither used nor kept. Milliseconds. */
  readonly notBefore: number;
  /** For what is merged: the commit that its base was at before, by whose rules it is judged. */
  readonly rulesBefore?: string;
}

export interface Publication {
  /** Of the check. */
  readonly name: string;
  readonly existing: ExistingCheckRun | null;
  readonly conclusion: Conclusion;
  readonly explanation: Explanation;
  /** Where GitHub leads whoever wants to know more; left out for GitHub's own page. */
  readonly detailsUrl?: string;
}

/** What one evaluation of a head commit has to write. */
interface Writing {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  /** Those that do not stand as they should. */
  readonly checks: readonly Publication[];
  readonly labelsAndReviewers: readonly LabelsAndReviewers[];
}

interface MovesWanted {
  readonly branch?: string;
  /** None before this moment. Milliseconds. */
  readonly since: number;
  /** None up to the move of this id. */
  readonly upTo?: string | null;
}

/** All that the worker asks of GitHub. Errors are those of `github/errors.ts`. */
export interface GitHubPort {
  readonly read: (repository: RepositoryRef, reading: Reading) => Promise<ReadResult>;
  /** Writes the checks, then what the pull requests are to bear. */
  readonly write: (writing: Writing) => Promise<Written>;
  /** The head of an open pull request; `null` where there is none. */
  readonly headOf: (repository: RepositoryRef, pull: number) => Promise<string | null>;
  /** Who merged a pull request; `null` where GitHub does not tell. */
  readonly merger: (
    repository: RepositoryRef,
    pull: number,
  ) => Promise<{ readonly id: number; readonly login: string } | null>;
  /** What was said of something that got in, and by whom. */
  readonly replies: (request: Omit<RepliesRequest, "caches" | "now">) => Promise<readonly ReadReply[]>;
  /** `null` where the repository has no issues. */
  /** Notes the ledger's last hash where nobody can edit it. Throws what GitHub has against it. */
  readonly setLedgerStatus: (repository: RepositoryRef, status: LedgerStatus) => Promise<void>;
  readonly openIssue: (repository: RepositoryRef, issue: NewIssue) => Promise<number | null>;
  /** An issue of the App by its first line. */
  readonly findIssue: (
    repository: RepositoryRef,
    wanted: { readonly marker: string; readonly since: string },
  ) => Promise<number | null>;
  readonly issueState: (repository: RepositoryRef, number: number) => Promise<"open" | "closed" | null>;
  readonly setIssueState: (
    repository: RepositoryRef,
    wanted: { readonly number: number; readonly state: "open" | "closed" },
  ) => Promise<void>;
  /** Comments on a pull request or an issue. */
  readonly say: (on: PullRef, text: string) => Promise<void>;
  /** Keeps the app's one comment on a pull request as it should be. */
  readonly comment: (pull: PullRef, comment: StickyComment) => Promise<void>;
  /** Blocks a head commit whose published verdict may no longer hold. */
  readonly withdraw: (withdrawal: Withdrawal, reason: string) => Promise<void>;
  /** Whether somebody may write to the repository, asked now. */
  readonly mayWrite: (
    repository: RepositoryRef,
    who: { readonly account: number; readonly login: string },
  ) => Promise<boolean>;
  /** What somebody may see of a repository, asked now. */
  readonly access: (
    repository: RepositoryRef,
    who: { readonly account: number; readonly login: string },
  ) => Promise<Access>;
  /** A repository under the name it has now; `null` where it is gone. */
  readonly whereabouts: (repository: SeenRepository) => Promise<SeenRepository | null>;
  readonly pullsWithHead: (repository: RepositoryRef, headSha: string) => Promise<readonly PullOnHead[]>;
  /** The pull requests whose group the merge queue made this commit for; `null` where that cannot be told. */
  readonly pullsInGroup: (
    repository: RepositoryRef,
    made: MergeGroup & { readonly headSha: string },
  ) => Promise<readonly QueuedPull[] | null>;
  /** What a merged pull request was made of, and what it became. */
  readonly merge: (repository: RepositoryRef, pull: number) => Promise<Merge>;
  readonly listedPulls: (repository: RepositoryRef) => Promise<ListedPulls>;
  /** What decides whether the check can be got round, as far as the App may see it. */
  readonly protection: (repository: RepositoryRef) => Promise<Facts>;
  /** The moves of one branch, or of all, newest first, and whether these are all that were asked for. */
  readonly moves: (
    repository: RepositoryRef,
    wanted: MovesWanted,
  ) => Promise<{ readonly moves: readonly BranchMove[]; readonly whole: boolean }>;
  /** The merged pull requests that brought a commit. */
  readonly mergedWith: (repository: RepositoryRef, sha: string) => Promise<readonly MergedInto[]>;
  /** What a commit is made of. */
  readonly commitFacts: (repository: RepositoryRef, sha: string) => Promise<CommitFacts>;
  /** What a branch gained without a pull request. */
  readonly readRange: (
    repository: RepositoryRef,
    range: Omit<RangeRequest, "repository" | "caches" | "now">,
  ) => Promise<RangeResult>;
  /** What says which branches are governed; `null` of an empty repository. */
  readonly branchRules: (
    repository: RepositoryRef,
    known: { readonly floorSeen?: boolean },
  ) => Promise<BranchRulesRead | null>;
  readonly branches: (repository: RepositoryRef) => Promise<readonly BranchTip[]>;
  /** Marks a pull request that was merged past the check, and says so on it. */
  readonly markBypassed: (pull: PullRef, comment: string) => Promise<void>;
  readonly repositories: (installationId: number) => Promise<readonly SeenRepository[]>;
}
