import type { Evidence } from "../provenance/evidence.ts";
import type { Tool } from "../provenance/tool/tool.ts";
import type {
  ApprovalRecord,
  CommitRecord,
  FreezeHistory,
  ListedAccount,
  OverrideRecord,
  Participant,
  RefusalRecord,
  SignerSet,
} from "../signoff/snapshot.ts";
import type { ClockRecord } from "../signoff/time-facts.ts";
import type { Verdict } from "../signoff/verdict.ts";
import type { LedgerCause, LedgerEntry, LedgerReader } from "./ledger.ts";
import type { RepositoryRef, SeenRepository } from "./repository.ts";
import type { SigningKeyMemory } from "./signing-keys.ts";
import type { WatchMemory } from "./watch.ts";

/** An open pull request as the sweep found it that had it judged last. */
export interface SweepRecord {
  readonly pull: number;
  readonly headSha: string;
  /** GitHub's own time of its last change, as GitHub writes it. */
  readonly updatedAt: string;
  /** When that was. Milliseconds. */
  readonly at: number;
}

/** What somebody can command on a page of ours. */
export type PageCommand = "override" | "withdraw" | "freeze" | "unfreeze" | "accept";

/** A comment that was heard to hold a command, or what was said on a page of ours in place of one. */
export interface HeardCommand {
  /** Negative for what was said on a page: GitHub has no such id. */
  readonly commentId: number;
  /** Who wrote it. */
  readonly account: number;
  readonly login: string;
  /**
   * As it was written, if that may make the gate stricter, or on a page of ours, which has the only record of it. `at`:
   * ISO 8601.
   */
  readonly said?: { readonly body: string; readonly at: string; readonly onPage?: PageCommand };
}

/** What the app remembers of one pull request between evaluations. */
export interface PullRequestMemory {
  readonly approvals: readonly ApprovalRecord[];
  readonly evidence: readonly Evidence[];
  /** Pushers and requesters: a later push or an edited comment may hide them. */
  readonly participants: readonly Participant[];
  readonly refusals: readonly RefusalRecord[];
  /** Who gave agents more commands than are kept: one of those may have been for this pull request. */
  readonly mayHaveAsked?: readonly Participant[];
  /** The accounts behind the logins that the policy lists. */
  readonly accounts: readonly ListedAccount[];
  /** Who could sign in the repository, as it was read; left out where it never was. */
  readonly signers?: readonly SignerSet[];
  readonly headSha: string | null;
  readonly headSeenAt: string | null;
  /** When the last reading found that history had been rewritten, ISO 8601; left out for never. */
  readonly headMovedAt?: string;
  /** Heads that webhooks told of, each when it was heard of last, in milliseconds. */
  readonly heardHeads?: readonly { readonly headSha: string; readonly at: number }[];
  /** Branches that were rewritten, of which the base may be one; left out for none. */
  readonly rewritten?: readonly RewrittenBranch[];
  /** The base branch at the last reading, and when that reading found it to be changed last, ISO 8601. */
  readonly base?: BaseOfReading;
  /** More was seen on the pull request than is kept. */
  readonly dropped?: true;
  /** The installation's floor was seen, and not seen to be removed since. */
  readonly floorSeen?: true;
  /** Set where somebody froze something in the repository. */
  readonly freezes?: FreezeHistory;
  /** How long things have stood in the open; left out where nothing was timed. */
  readonly clocks?: readonly ClockRecord[];
  /** When its author last pushed or replied, ISO 8601; left out where nobody heard. */
  readonly activeAt?: string;
  /** Set where somebody commanded something that is not over. */
  readonly commands?: CommandMemory;
}

export interface CommandMemory {
  /** Not judged yet, in the order of their making. */
  readonly heard: readonly HeardCommand[];
  readonly overrides: readonly OverrideRecord[];
  /** When somebody last withdrew overrides, ISO 8601; left out where nobody did. */
  readonly withdrawnAt?: string;
  /** Every head that the pull request is known to have had. */
  readonly heads: readonly string[];
}

/** A branch that was given another history, and when that was heard, ISO 8601. */
export interface RewrittenBranch {
  readonly branch: string;
  readonly at: string;
}

export interface BaseOfReading {
  readonly ref: string;
  readonly changedAt: string | null;
}

/** What a reading found of when head and base were moved; see `Recorded`. */
export interface Moves {
  readonly headMovedAt: string | null;
  readonly base: BaseOfReading;
}

/** Reads what the app remembers, and cannot write. */
export interface MemoryReader
  extends Pick<Memory, "remember" | "recall" | "recallSameContent">,
    LedgerReader,
    Pick<SigningKeyMemory, "signingKeys">,
    Pick<WatchMemory, "outcomes"> {
  /** The repository of that name; `null` for one that was never seen. */
  find(owner: string, repo: string): Promise<RepositoryRef | null>;
  close(): Promise<void>;
}

/** Who records something: whatever else rests on what is new in it is in doubt. */
export interface Learner {
  /** The commit in work; empty where none is. */
  readonly headSha: string;
  /** Commits of merge groups for which whoever learns it answers: they hold nothing but what is judged with it. */
  readonly groups?: readonly string[];
  /** How many invalidations there were when its first question was asked. */
  readonly asOf: number;
  readonly at: Date;
}

/** A commit, and what it was made of: another commit, or all that was merged together. */
export interface CommitSource {
  readonly sha: string;
  readonly source: string;
}

/** What is to be remembered of a pull request that was judged, or merged. */
export type Seen = Verdict["toRecord"] & { readonly by: Learner };

/** What the app remembers of each pull request and repository. */
export interface Memory {
  remember(repository: RepositoryRef, pull: number): Promise<PullRequestMemory>;
  /** What is known of these commits and of what they were made of; those that nothing is known of are left out. */
  recall(repository: RepositoryRef, shas: readonly string[]): Promise<readonly CommitRecord[]>;
  /** What is known of the commits of heads that made the same change; see `Snapshot.contentDigest`. */
  recallSameContent(repository: RepositoryRef, contentDigest: string): Promise<readonly CommitRecord[]>;
  /**
   * Notes that `headSha` is the head of the pull request, first seen at `now` unless known already, and what its reading
   * found of how it was moved.
   */
  recordHead(
    repository: RepositoryRef,
    pull: number,
    headSha: string,
    now: Date,
    moves?: Moves,
  ): Promise<void>;
  /**
   * The first sight of an approval, a refusal, a piece of evidence or a participant is the one kept. What is new of
   * commits puts the passes of other heads in doubt that hold them.
   */
  record(repository: RepositoryRef, pull: number, seen: Seen): Promise<void>;
  /**
   * Forgets what approvals covered that were given before the moment on pull requests that were open at no sweep since.
   * Answers how many contents that were.
   */
  forgetContents(before: Date): Promise<number>;
  /** Whether nothing more is kept because of the account, unless it may write. */
  hasUsedUp(repository: RepositoryRef, account: number, now: Date): Promise<boolean>;
  /** The same of rows of the ledger, which are counted apart. */
  hasUsedUpLedger(repository: RepositoryRef, account: number, now: Date): Promise<boolean>;
  /** Counts entries that are in the ledger because of the account. */
  countInLedger(cause: LedgerCause, entries: readonly LedgerEntry[], now: Date): Promise<void>;
  /** The account may write: what is kept because of it does not count. */
  mayKeepMore(repository: RepositoryRef, account: number): Promise<void>;
  /** The signals that the repository's config adds to the catalogue, as its last evaluation had them. */
  configuredSignals(repository: RepositoryRef): Promise<readonly Tool[]>;
  /** Nothing comes of these commands any more that were heard. */
  forgetCommands(repository: RepositoryRef, heard: readonly HeardCommand[]): Promise<void>;
  /** Notes who took part in a change that a freeze holds; nobody where none does. */
  noteHeld(repository: RepositoryRef, pull: number, people: readonly number[]): Promise<void>;
  /** False where the account was answered on the pull request before. */
  answerOnce(repository: RepositoryRef, pull: number, account: number): Promise<boolean>;
  /** Pull requests that ever had this head. */
  pullsWithHead(repository: RepositoryRef, headSha: string): Promise<readonly number[]>;
  /** Notes repositories by id, and what earlier versions kept under their names. */
  seeRepositories(repositories: readonly SeenRepository[]): Promise<void>;
  /** A repository under the name it has now; `null` for one that was never seen. */
  repository(repositoryId: number): Promise<SeenRepository | null>;
  /** The last look at each open pull request of the repository; `null` where no sweep has looked. */
  sweepRecords(repository: RepositoryRef): Promise<readonly SweepRecord[] | null>;
  /** Replaces all of them. */
  recordSweeps(repository: RepositoryRef, records: readonly SweepRecord[]): Promise<void>;
}
