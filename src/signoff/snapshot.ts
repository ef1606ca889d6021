import type { OwnerRef } from "../ownership/owner.ts";
import type { PolicySources } from "../policy/source.ts";
import type { Unread } from "../production/hazards/hazard.ts";
import type { Link } from "../production/links/link.ts";
import type { Attested } from "../provenance/attested/attestation.ts";
import type { Evidence } from "../provenance/evidence.ts";
import type { Account } from "./account.ts";
import type { PasskeyFacts } from "./passkey-facts.ts";
import type { ClockRecord, TimeFacts } from "./time-facts.ts";

export type { Account } from "./account.ts";

/**
 * Everything one evaluation needs about one pull request, as plain JSON. Whoever builds it (the GitHub reader,
 * the local-git reader, a test) vouches that it is complete: what could not be read whole is refused there.
 */
export interface Snapshot {
  readonly version: 1;
  /** When the snapshot was finished, ISO 8601 UTC. The evaluator's only clock. */
  readonly now: string;
  readonly repository: RepositoryFacts;
  readonly pullRequest: PullRequestFacts;
  /** All commits of the pull request, oldest first. */
  readonly commits: readonly CommitFacts[];
  /** All changed files. */
  readonly files: readonly ChangedFile[];
  /**
   * The links through which control files are read, and those behind them: of the base, and those that the head
   * brings. Left out where there are none.
   */
  readonly links?: readonly Link[];
  /**
   * The same for every head that changes the same files in the same way, however its history was rewritten; left out
   * where nothing is changed or the reader does not know.
   */
  readonly contentDigest?: string;
  /** All submitted reviews, oldest first. */
  readonly reviews: readonly Review[];
  /** Humans and machines who took part without being named by a commit: pushers, requesters of agents. */
  readonly participants: readonly Participant[];
  readonly policySources: PolicySources;
  /** The CODEOWNERS file of the policy base; `null` when the base has none. */
  readonly codeowners: SourceFile | null;
  readonly authority: Authority;
  /** Left out where the reader does not know. */
  readonly attention?: Attention;
  /** Left out where the policy does not ask for it, or the reader does not know. */
  readonly time?: TimeFacts;
  /** Comments that were heard to hold a command and were not judged yet, oldest first; left out for none. */
  readonly commands?: readonly CommandComment[];
  /** Left out where the policy asks for none, or the reader does not know; then nobody signed with one. */
  readonly passkeys?: PasskeyFacts;
  /** What the app itself recorded earlier about this pull request. */
  readonly recorded: Recorded;
}

/** A comment as GitHub has it now. */
export interface CommandComment {
  readonly id: number;
  readonly by: Account;
  /** When it was written, ISO 8601. */
  readonly at: string;
  /** Markdown. */
  readonly body: string;
  /** Why it may hold other words than its writer's own: it was changed since, or came by an App or by e-mail. */
  readonly doubt?: "edited" | "app" | "e-mail";
  /** It is gone or was changed since, and stands here as it was written: only what makes the gate stricter counts. */
  readonly asHeard?: true;
}

export interface RepositoryFacts {
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
}

export interface PullRequestFacts {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  /** `null` when the account is gone (GitHub's "ghost"). */
  readonly author: Account | null;
  /** Set where its author is a person without write permission; left out also where that cannot matter. */
  readonly outsider?: true;
  /** Who changed the text last; absent where nobody did, `null` when that account is gone. */
  readonly editedBy?: Account | null;
  /** When the text was last written, ISO 8601; left out where the reader does not know. */
  readonly writtenAt?: string;
  readonly state: "open" | "closed";
  readonly draft: boolean;
  /** Auto-merge or a merge queue merges it once the checks pass; left out where the reader does not know. */
  readonly mergesByItself?: boolean;
  /** True when the head lives in another repository than the base. */
  readonly fork: boolean;
  readonly head: { readonly sha: string; readonly ref: string };
  readonly base: { readonly sha: string; readonly ref: string };
  /** The branch whose rules GitHub applies: the base, or for a stacked pull request the base of the stack. */
  readonly governedBy: { readonly sha: string; readonly ref: string };
  readonly labels: readonly string[];
  readonly requestedReviewers: { readonly users: readonly string[]; readonly teams: readonly string[] };
  /** The app that opened it in its author's name; left out for none, and where other evidence decides anyway. */
  readonly performedVia?: { readonly slug: string; readonly id: number };
  /** The events of its timeline by which a tool was started, each once; left out for none. */
  readonly events?: readonly string[];
}

/** A name and e-mail as git holds them, with the account GitHub maps the e-mail to, if any. */
export interface GitIdentity {
  readonly name: string;
  readonly email: string;
  readonly account: Account | null;
}

export interface CommitFacts {
  readonly sha: string;
  readonly message: string;
  /** ISO 8601, by the clock of whoever wrote it and of whoever committed it; left out where the reader does not know. */
  readonly authoredAt?: string;
  readonly committedAt?: string;
  readonly author: GitIdentity;
  readonly committer: GitIdentity;
  /** GitHub's parsed co-authors, the git author excluded. */
  readonly coAuthors: readonly GitIdentity[];
  /** Records kept beside the commit that attest who wrote it, or why one cannot be read; left out where there is none. */
  readonly attested?: readonly Attested[];
  /** Left out where the reader does not know all of them. */
  readonly parents?: readonly string[];
  /**
   * Of a merge of two commits: the changed paths that it left otherwise than a merge without conflicts does by itself.
   * Left out where that was not read, and where it cannot be told.
   */
  readonly mergeChanged?: readonly string[];
  /** Made on github.com (web edit, suggestion, squash): the committer is GitHub itself. */
  readonly committedViaWeb: boolean;
}

/** An entry of the merge base's tree. */
export interface BaseEntry {
  readonly contentId: string;
  readonly mode: string;
  readonly kind: "blob" | "tree" | "commit";
}

export type ChangeStatus = "added" | "removed" | "modified" | "renamed" | "copied" | "changed";

export interface ChangedFile {
  readonly path: string;
  /** Present exactly when `status` is `renamed` or `copied`. */
  readonly previousPath?: string;
  readonly status: ChangeStatus;
  /** Id of the content at the head: a blob's, or a submodule's commit; `null` for a removed file. */
  readonly contentId: string | null;
  /** File mode at the head (`100644`, `100755`, `120000`, `160000`) where the reader knows it. */
  readonly mode?: string;
  /**
   * The other side of the merge: what the merge base has under `previousPath ?? path`; `null` where it has nothing,
   * absent where it was not read.
   */
  readonly base?: BaseEntry | null;
  readonly additions: number;
  readonly deletions: number;
  /** The unified diff; absent for binary or very large files. */
  readonly patch?: string;
  /** The text before and after, where the reader knows it; `null` where there is no file. */
  readonly before?: string | null;
  readonly after?: string | null;
  /** Why the reader knows neither the texts nor the whole diff. */
  readonly unread?: Unread;
}

export type ReviewState = "approved" | "changes_requested" | "commented" | "dismissed";

export interface Review {
  readonly id: number;
  /** `null` when the account is gone. */
  readonly reviewer: Account | null;
  readonly state: ReviewState;
  readonly submittedAt: string;
  /** The commit the review names today. GitHub may move it on a force-push, so it proves little alone. */
  readonly commitSha: string | null;
  /** Set for `dismissed` reviews: what the review said before, who dismissed it and when, where known. */
  readonly dismissal?: {
    readonly previously: "approved" | "changes_requested" | "commented";
    readonly by: Account | null;
    readonly at: string;
  };
  readonly body: string;
  /** It holds comments beside its text. */
  readonly remarked?: true;
  /** Who changed the text last; absent where nobody did, `null` when that account is gone. */
  readonly editedBy?: Account | null;
}

/** What git said of somebody whose address belonged to no account when the commit was seen. */
export interface UnlinkedIdentity {
  readonly name: string;
  readonly email: string;
  readonly sha: string;
}

/** The account of somebody with an {@link UnlinkedIdentity}: no account has that id. */
export const UNLINKED: Account = { id: 0, login: "", type: "User" };

/** What tells those apart whose addresses belong to no account: many machines have the same, such as `root@localhost`. */
export function unlinkedKey({ name, email }: Pick<UnlinkedIdentity, "name" | "email">): string {
  return `${email} ${name}`.toLowerCase();
}

/** Somebody who took part beyond the commits' own fields. */
export interface Participant {
  readonly account: Account;
  /** Set where nobody's account is known: `account` is then {@link UNLINKED}. */
  readonly identity?: UnlinkedIdentity;
  /**
   * `opener` is whoever opened an earlier pull request that held a commit of this one, `commit-author` whom git named on
   * a commit of which one of this pull request was made.
   */
  readonly role: "pusher" | "requester" | "opener" | "commit-author";
  /** A clause for people: "asked Copilot to start (2026-11-20)", "force-pushed abc1234". */
  readonly because: string;
  /** The commit that was pushed or written, where it is known. */
  readonly sha?: string;
  /** Nobody saw it: the owner of a fork counts as whoever pushed to it, and an address as the account it names. */
  readonly presumed?: true;
  /** It was pushed to a fork, which tells nothing of commits that others pushed before. */
  readonly toFork?: true;
  /** The push replaced the history before it, so more than the named commit may be theirs. */
  readonly forced?: true;
  /** GitHub said that nobody had pushed the commit before. */
  readonly introduced?: true;
  /** The commit says of itself that GitHub made it, on its own pages: whoever did that there is its author. */
  readonly web?: true;
  /** The pull request whose merge made the commit of others, in which they took part. */
  readonly mergedIn?: number;
  /** It was pushed by this moment, ISO 8601; left out where nobody knows when. */
  readonly at?: string;
}

/** What is known of one commit from everywhere it was seen: pushes, other pull requests, earlier evaluations. */
export interface CommitRecord {
  readonly sha: string;
  readonly evidence: readonly Evidence[];
  readonly participants: readonly Participant[];
  /** More was seen than is kept. */
  readonly dropped?: true;
}

/**
 * The account that bore a login which the policy lists, when it was first seen: a rename changes nothing about it. Or one
 * that CODEOWNERS names, which by GitHub's rules means whoever bears it: nobody else may sign by it.
 */
export interface ListedAccount {
  /** As the policy lists it, lower-cased; one that only CODEOWNERS names with its `@`. */
  readonly login: string;
  readonly id: number;
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export type Permission = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** Who may do what now. Names are lower-cased: logins plain, teams as `org/slug`. */
export interface Authority {
  /**
   * Permission by account id, at least for every reviewer with a standing approval or refusal and everybody who
   * dismissed a refusal.
   */
  readonly permissions: Readonly<Record<number, Permission>>;
  /**
   * The people who own a changed path or whom the policy names, by login; `null` where nobody has that login. Their
   * permissions are known as far as GitHub tells them. Left out where the reader does not know.
   */
  readonly users?: Readonly<Record<string, Account | null>>;
  /** The members (child teams included) of every team that owns a changed path or that the policy names. */
  readonly teams: Readonly<Record<string, Team>>;
}

export type Team =
  | { readonly status: "known"; readonly members: readonly Account[] }
  /** Secret, absent or without access to the repository: nobody can sign through it. A clause: "is a secret team". */
  | { readonly status: "unknown"; readonly reason: string }
  /** It may sign, but who is in it cannot be known where this is judged: a local git repository. */
  | { readonly status: "unlisted"; readonly reason: string };

/** What else asks for people's attention. It puts them in order, and decides nothing. */
export interface Attention {
  /** Ids of those who say that they are busy. */
  readonly busy: readonly number[];
  /** How many other open pull requests of the repository wait for somebody's review, by account id. */
  readonly waiting: Readonly<Record<number, number>>;
}

/** The app's own memory of one pull request. */
export interface Recorded {
  readonly approvals: readonly ApprovalRecord[];
  /** Evidence seen on earlier heads or in earlier bodies; once seen it stays. */
  readonly evidence: readonly Evidence[];
  /**
   * When the current head became the head as the app knows it (its own record or a force-push event), ISO 8601;
   * `null` when it never moved since the pull request opened.
   */
  readonly headMovedAt: string | null;
  /**
   * When the pull request was last pointed at another base branch, or its base was force-pushed, ISO 8601; `null`
   * when neither happened. The same head against another base is another change.
   */
  readonly baseChangedAt: string | null;
  /**
   * Refusals as they were given, each with the right by which it was given. One stays until the refuser approves or
   * an owner of that area who took no part dismisses it.
   */
  readonly refusals: readonly RefusalRecord[];
  /** What is known of the pull request's commits from everywhere else they were seen. */
  readonly commits: readonly CommitRecord[];
  /** Which commits bring back others, by undoing what undid those; left out for none. */
  readonly reapplied?: readonly { readonly sha: string; readonly source: string }[];
  /** The accounts behind the logins that the policy lists. */
  readonly accounts: readonly ListedAccount[];
  /** Who could sign in the repository, as earlier readings found it; left out where there was none. */
  readonly signers?: readonly SignerSet[];
  /** Marks or people were seen on the pull request that are not kept. */
  readonly dropped?: true;
  /** Nothing more is kept because of its author, who has no write permission. */
  readonly usedUp?: true;
  /** Who asked for an override and was not told that it ended, oldest first; left out for none. */
  readonly overrides?: readonly OverrideRecord[];
  /** When somebody last withdrew overrides, ISO 8601; left out where nobody did. */
  readonly withdrawnAt?: string;
  /** What people froze in the repository; left out where nobody did. */
  readonly freezes?: FreezeHistory;
  /** How long things have stood in the open; left out where nothing was timed. */
  readonly clocks?: readonly ClockRecord[];
  /** When the app first judged the head, ISO 8601; left out where no command asks for it. */
  readonly headSeenAt?: string;
  /** Every head that the pull request is known to have had; left out where no command asks for it. */
  readonly heads?: readonly string[];
}

/** The people who could write and were an owner, or belonged to one. */
export interface SignerSet {
  /** The owner, in lower case: `@login` or `@org/team`. */
  readonly owner: string;
  /** Those who could by the last reading, by account id. */
  readonly accounts: readonly number[];
  /** Those who could before, and until when at the latest: the reading that found otherwise, ISO 8601. */
  readonly former: readonly { readonly account: number; readonly until: string }[];
}

/** Somebody's word by which an area of the repository is frozen. */
export interface FreezeRecord {
  readonly commentId: number;
  readonly by: Account;
  readonly at: string;
  /** The name of an area, or `all`. */
  readonly area: string;
  /** The first moment after it, ISO 8601. */
  readonly until: string;
  readonly reason: string;
}

/** Somebody's word that an area is to be frozen no more. It takes more than one of those who did not freeze it. */
export interface LiftRecord extends Pick<FreezeRecord, "commentId" | "by" | "at" | "area"> {
  /** The comments by which those were given that it lifted; left out for none. */
  readonly lifted?: readonly number[];
}

/** What people commanded of the repository. */
export interface FreezeHistory {
  /** Those that nobody lifted, in the order of their making; some may be over. */
  readonly frozen: readonly FreezeRecord[];
  readonly lifts: readonly LiftRecord[];
  /** Those that were lifted, whatever their time; left out for none. */
  readonly thawed?: readonly FreezeRecord[];
  /** When people froze or lifted something lately, whatever became of it. */
  readonly recent: readonly { readonly account: number; readonly at: string }[];
  /** Ids of those who took part in changes that a freeze holds. */
  readonly held: readonly number[];
}

/** One person's line for an override of one head, as it was heard. */
export interface OverrideRecord {
  readonly commentId: number;
  readonly by: Account;
  /** When the comment was written, ISO 8601. */
  readonly at: string;
  readonly headSha: string;
  /** The beginning of the commit's id, as written. */
  readonly named: string;
  readonly baseRef: string;
  readonly reason: string;
  /** How long an override lasted by the config of that moment, in milliseconds. */
  readonly lasts: number;
}

/** A refusal by somebody who had the right to refuse when the app first saw it. */
export interface RefusalRecord {
  readonly reviewId: number;
  readonly by: Account;
  readonly at: string;
  /** The commit that the review named then; `null` when it was gone. */
  readonly commitSha: string | null;
  /** The owner whom the refuser was or belonged to. */
  readonly as: OwnerRef;
  readonly area: string;
  readonly paths: readonly string[];
}

/** What a review covered when the app first saw it: the content id of each changed path at that moment. */
export interface ApprovalRecord {
  readonly reviewId: number;
  readonly reviewerId: number;
  readonly headSha: string;
  readonly baseRef: string;
  readonly seenAt: string;
  /** By path; see `fingerprints` for the values. Previous paths of renames are keys of their own. */
  readonly content: Readonly<Record<string, string>>;
  /** The hazards that the change held then, by `hazardKey`; absent in records from before there were hazards. */
  readonly hazards?: readonly string[];
  /** What it covered is not remembered any more, so it covers nothing. */
  readonly gone?: true;
}
