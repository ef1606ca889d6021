import type { Evidence } from "../provenance/evidence.ts";
import type {
  ApprovalRecord,
  CommitRecord,
  ListedAccount,
  Participant,
  RefusalRecord,
} from "../signoff/snapshot.ts";
import type { Conclusion, Verdict } from "../signoff/verdict.ts";
import type { Fact } from "./fact.ts";

/** One repository as an installation sees it. It is known by its id; its name is shown, and asked by. */
export interface RepositoryRef {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly owner: string;
  readonly repo: string;
}

type RepositoryName = Pick<RepositoryRef, "owner" | "repo">;

/** A repository as an event or a list told of it. */
export interface SeenRepository extends RepositoryRef {
  /** GraphQL's name of it, which a renaming leaves as it is; `null` where it was not told. */
  readonly nodeId: string | null;
  /** ISO 8601; `null` where it was not told. */
  readonly createdAt: string | null;
  /** Its name until now, where it was just renamed or transferred. */
  readonly formerly?: RepositoryName;
}

/** Passes that may be over: those that rest on one of the facts. */
export interface Invalidation {
  readonly facts: readonly Fact[];
  /** A withdrawal that waits for its time is left to wait. */
  readonly patient?: true;
  /** Who may refuse from now on what has passed already. */
  readonly gained?: Gained;
  /** What the passes that rest on one fact rest on as well from now on. */
  readonly also?: { readonly where: Fact; readonly facts: readonly Fact[] };
  /** Somebody whose word counts only with write permission, which is looked up before anything is withdrawn. */
  readonly onlyIf?: {
    readonly account: number;
    readonly login: string;
    /** What they opened the head with: a doubt as well where it did not pass for that branch, or was refused there. */
    readonly opened?: { readonly pull: number; readonly into: string };
  };
}

/** A right that people have and did not have before. */
export interface Gained {
  readonly installationId: number;
  /** Of one repository only. */
  readonly repositoryId?: number;
  /** `null` where it may be anybody. */
  readonly account: number | null;
}

/** Where a merge queue made a commit of several pull requests. */
export interface MergeGroup {
  /** The branch they are merged into, without `refs/heads/`. */
  readonly base: string;
  /** The commit that the group is built on: the branch's, or that of the group ahead. */
  readonly baseSha: string;
}

/** By what a check run is named. */
export interface CheckRunIds {
  readonly id: number;
  readonly nodeId: string | null;
}

/** Somebody who did something that asks for work. */
export interface Asker {
  readonly account: number;
  readonly login: string;
  readonly bot: boolean;
  /** When that came to the queue, in milliseconds. */
  readonly at?: number;
}

interface Sweep {
  /** Nothing is known to have changed: only what may have been missed is judged. */
  readonly routine?: true;
}

/**
 * What is to be done. `head` evaluates one commit for all its pull requests; `repository` and `installation` only
 * enqueue smaller tasks, for changes (CODEOWNERS, teams) that may touch every open pull request; `upkeep` looks for
 * what was missed, in all installations.
 */
export type Task =
  | ({
      readonly kind: "head";
      readonly headSha: string;
      /** Pull requests named by whoever asked: a hint, never the whole list. */
      readonly pulls: readonly number[];
      /** Write the check even when the verdict is unchanged: a re-run was asked for. */
      readonly republish?: true;
      /** All who did what asks for it; left out where something else asks for it too, or nobody can tell who did. */
      readonly askedBy?: readonly Asker[];
      /** Set where the commit is a merge group's. */
      readonly group?: MergeGroup;
    } & RepositoryRef)
  | ({
      readonly kind: "repository";
      /** Only the pull requests into this branch; absent: all of them. */
      readonly base?: string;
    } & RepositoryRef &
      Sweep)
  | ({ readonly kind: "installation"; readonly installationId: number } & Sweep)
  | { readonly kind: "upkeep" };

export type HeadTask = Extract<Task, { kind: "head" }>;

/**
 * `direct` work (somebody waits for it) goes ahead of `sweep` work; last comes what is set `aside`, which nobody with
 * write permission asked for.
 */
export type Priority = "direct" | "sweep" | "aside";

/** A part of the queue: what is set aside, or what goes ahead of it. */
export type Part = "ahead" | "aside";

export interface Job {
  readonly key: string;
  readonly task: Task;
  readonly priority: Priority;
  /** Whether a check on its commit has passed: only such a one can be wrongly green. */
  readonly hasPassed: boolean;
  /** How often it was tried before without success. */
  readonly attempts: number;
  /** Rises with every request for the same key; a job that finishes an older generation stays queued. */
  readonly generation: number;
  /** Names this claim. Whoever holds an older one has lost the job, and what it says about it is ignored. */
  readonly lease: string;
}

export interface Delivery {
  /** `X-GitHub-Delivery`. */
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
}

/** An open pull request as the sweep found it that had it judged last. */
export interface SweepRecord {
  readonly pull: number;
  readonly headSha: string;
  /** GitHub's own time of its last change, as GitHub writes it. */
  readonly updatedAt: string;
  /** When that was. Milliseconds. */
  readonly at: number;
}

/** Somebody who took part in a pull request or an issue. */
interface HeardParticipant {
  readonly pull: number;
  readonly participant: Participant;
  /** GitHub does not count them among the people of the repository: what is kept because of them is bounded. */
  readonly outsider?: true;
}

/** What one delivery tells. Everything in it is on disk together, or nothing is. */
export interface News {
  readonly tasks: readonly Task[];
  readonly invalidation?: Invalidation | undefined;
  /** Every repository it names. */
  readonly repositories?: readonly SeenRepository[];
  /** The repository that all below is about. */
  readonly about?: RepositoryRef | undefined;
  /** Heads of pull requests as they are heard of, before anything is read that may fail. */
  readonly heads?: readonly { readonly pull: number; readonly headSha: string }[];
  /** Heads of pull requests that auto-merge or a merge queue acts on by itself from now on. */
  readonly mergingByItself?: readonly string[];
  /** Commits of merge groups that the queue has given up. */
  readonly destroyed?: readonly string[];
  /** Who took part in a pull request, or in an issue. */
  readonly participants?: readonly HeardParticipant[];
  /** Marks of tools on a pull request that an event tells of, and GitHub no more. */
  readonly evidence?: readonly { readonly pull: number; readonly evidence: Evidence }[];
  /** Who took part in commits. */
  readonly commits?: readonly CommitRecord[];
}

/** A delivery with what it tells. */
export interface QueuedDelivery {
  readonly delivery: Delivery;
  readonly news: News;
  readonly now: Date;
}

/** What was last published on a head commit under one name, so that an unchanged verdict is not written again. */
export interface PublishedCheck {
  /** Of the check. */
  readonly name: string;
  /** `null` while it is not known which run a write made. */
  readonly checkRunId: number | null;
  readonly conclusion: Conclusion;
  readonly digest: string;
  /** `standing` is what GitHub shows as far as we know; a pass in doubt is `doubted` until GitHub shows that it is `withdrawn`. */
  readonly state: "standing" | "doubted" | "withdrawn";
}

/** A verdict that is about to be written. */
export interface Publication {
  /** Names this write and no other: a UUID. */
  readonly id: string;
  readonly repository: RepositoryRef;
  readonly headSha: string;
  /** Of the check: a commit may have several. */
  readonly name: string;
  readonly conclusion: Conclusion;
  readonly digest: string;
  /** Whether GitHub lets a merge through on it; what it then rests on. */
  readonly passing: boolean;
  readonly facts: readonly Fact[];
  /** How many invalidations there were when the first question was asked on which it rests. */
  readonly asOf: number;
  /** Auto-merge or a merge queue would act on it by itself. */
  readonly urgent: boolean;
  /** What judges it again. */
  readonly task: HeadTask;
}

/** A pass to be withdrawn. */
export interface Withdrawal {
  readonly repository: SeenRepository;
  readonly headSha: string;
  /** Of the check. */
  readonly name: string;
  readonly checkRunId: number | null;
  readonly checkNodeId: string | null;
  /** It is the check of a merge group. */
  readonly inGroup: boolean;
  /** Set where it is one only if one of these has write permission. */
  readonly onlyIf: readonly NonNullable<Invalidation["onlyIf"]>[] | null;
  readonly task: HeadTask;
  readonly attempts: number;
  /** Names this claim. */
  readonly leasedUntil: number;
}

/** How old answers may be. */
export interface Moment {
  /** How many invalidations there were. */
  readonly invalidations: number;
  /** Answers about people and teams that were asked for before this are not used. Milliseconds. */
  readonly peopleSince: number;
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
  readonly headSha: string | null;
  readonly headSeenAt: string | null;
  /** More was seen on the pull request than is kept. */
  readonly dropped?: true;
  /** The installation's floor was seen, and not seen to be removed since. */
  readonly floorSeen?: true;
}

/** Reads what the app remembers, and cannot write. */
export interface MemoryReader extends Pick<Store, "remember" | "recall" | "recallSameContent"> {
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

/** What is to be remembered of a pull request that was judged. */
export type Seen = Verdict["toRecord"] & { readonly by: Learner };

export interface LedgerEntry {
  readonly at: string;
  readonly repository: string;
  readonly pull: number | null;
  readonly headSha: string | null;
  readonly kind: "verdict" | "countersignature" | "evidence";
  readonly data: unknown;
}

/** Because of whom something is in the ledger. */
interface LedgerCause {
  readonly repository: RepositoryRef;
  readonly account: number;
}

/**
 * The durable inbox, the app's memory and the ledger. Every write is on disk when its promise resolves, but for who
 * works on a job and how that went: after a power cut a job may be done again, and is never lost.
 */
export interface Store {
  /**
   * Records a delivery together with what it tells, in one transaction. A delivery that was accepted before is
   * accepted again without effect. Answers false in that case.
   */
  accept(delivery: Delivery, news: News, now: Date): Promise<boolean>;
  /** Which of these delivery ids were accepted. */
  accepted(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Tasks given together are taken in the order given. */
  enqueue(tasks: readonly Task[], priority: Priority, now: Date): Promise<void>;
  /**
   * Sees to it that the commit is judged after this moment. A job that waits is left to its time, so that one that
   * fails is not tried again at once; one in work is done once more.
   */
  ensure(task: Task, now: Date): Promise<void>;
  /** Leases the most urgent due job until `now + leaseMs`, of one part or of all; `null` when none is due. */
  claim(now: Date, leaseMs: number, part?: Part): Promise<Job | null>;
  /** Extends the lease; false when somebody else holds the job by now. */
  renew(job: Job, now: Date, leaseMs: number): Promise<boolean>;
  finish(job: Job): Promise<void>;
  /** Gives the job back, to be tried again at `retryAt`; jobs are never given up. */
  retry(job: Job, retryAt: Date, error: string): Promise<void>;
  /** Gives the job back untried, to be taken at `until`. */
  defer(job: Job, until: Date): Promise<void>;
  /** Gives the job back untried, to be taken after all others, unless it was asked for again meanwhile. */
  setAside(job: Job): Promise<void>;
  /** When the next job falls due, of one part or of all; `null` when there is none. */
  nextDueAt(part?: Part): Promise<Date | null>;
  /** All jobs. */
  depth(): Promise<number>;
  /** Jobs and withdrawals that are due or in work; the others were put off until later. */
  active(now: Date): Promise<number>;
  /** Calls `wake` when another process that shares the store put something into the queue, or in doubt. */
  onNews(wake: () => void): void;

  remember(repository: RepositoryRef, pull: number): Promise<PullRequestMemory>;
  /** What is known of these commits; those that nothing is known of are left out. */
  recall(repository: RepositoryRef, shas: readonly string[]): Promise<readonly CommitRecord[]>;
  /** What is known of the commits of heads that made the same change; see `Snapshot.contentDigest`. */
  recallSameContent(repository: RepositoryRef, contentDigest: string): Promise<readonly CommitRecord[]>;
  /** Notes that `headSha` is the head of the pull request, first seen at `now` unless known already. */
  recordHead(repository: RepositoryRef, pull: number, headSha: string, now: Date): Promise<void>;
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
  /** Pull requests that ever had this head. */
  pullsWithHead(repository: RepositoryRef, headSha: string): Promise<readonly number[]>;

  /** Notes repositories by id, and what earlier versions kept under their names. */
  seeRepositories(repositories: readonly SeenRepository[]): Promise<void>;
  /** A repository under the name it has now; `null` for one that was never seen. */
  repository(repositoryId: number): Promise<SeenRepository | null>;

  moment(installationId: number): Promise<Moment>;
  /** Every check that was ever published on the commit, by name. */
  publishedChecks(repository: RepositoryRef, headSha: string): Promise<readonly PublishedCheck[]>;
  /**
   * Notes that a verdict is about to be written: the write starts after `now` and cannot reach GitHub after `until`.
   * False, and nothing is noted, where a fact it rests on was put in doubt since its questions were asked.
   */
  intend(publication: Publication, now: Date, until: Date): Promise<boolean>;
  /**
   * Notes that it was written. A pass that was put in doubt meanwhile is withdrawn at once, and so is whatever another
   * write at the same time may have put in its place.
   */
  published(publication: Publication, run: CheckRunIds, now: Date): Promise<void>;
  /**
   * Notes what an unchanged pass rests on now. False where a fact was put in doubt since its questions were asked, or
   * the pass itself was.
   */
  stillRests(publication: Publication): Promise<boolean>;
  /** Notes that it was not written, as GitHub itself says. What stood before stands. */
  notPublished(publication: Publication): Promise<void>;

  /** What judges the merge groups again that hold one of these pull requests and do not pass. */
  blockedGroups(repository: RepositoryRef, pulls: readonly number[]): Promise<readonly Task[]>;
  /** What judges the merge groups again that pass, as far as is known. */
  passingGroups(repository: RepositoryRef): Promise<readonly HeadTask[]>;
  /** Puts facts in doubt that no delivery told of. */
  invalidate(invalidation: Invalidation, now: Date): Promise<void>;
  /** Leases the most urgent pass in doubt; `null` when none is due. */
  claimWithdrawal(now: Date, leaseMs: number): Promise<Withdrawal | null>;
  /** GitHub shows it as withdrawn. False where something newer was published meanwhile, which has to be written again. */
  withdrawn(withdrawal: Withdrawal, now: Date): Promise<boolean>;
  /** Whether all that GitHub may show there as passing rests on the fact. */
  restsOn(withdrawal: Withdrawal, fact: Fact): Promise<boolean>;
  /** The doubt was none. */
  spared(withdrawal: Withdrawal): Promise<void>;
  retryWithdrawal(withdrawal: Withdrawal, retryAt: Date): Promise<void>;
  /** When the next withdrawal falls due, or `null`. */
  nextWithdrawalAt(): Promise<Date | null>;

  /** The last look at each open pull request of the repository. */
  sweepRecords(repository: RepositoryRef): Promise<readonly SweepRecord[]>;
  /** Replaces all of them. */
  recordSweeps(repository: RepositoryRef, records: readonly SweepRecord[]): Promise<void>;

  append(entries: readonly LedgerEntry[]): Promise<void>;
  close(): Promise<void>;
}

/** The inbox and the queue: the part of a store that a delivery goes through. */
export type Jobs = Pick<
  Store,
  | "accept"
  | "accepted"
  | "enqueue"
  | "ensure"
  | "claim"
  | "renew"
  | "finish"
  | "retry"
  | "defer"
  | "setAside"
  | "nextDueAt"
  | "depth"
  | "active"
>;

/** What the app remembers of each pull request and repository. */
export type Memory = Pick<
  Store,
  | "remember"
  | "recall"
  | "recallSameContent"
  | "recordHead"
  | "record"
  | "forgetContents"
  | "hasUsedUp"
  | "hasUsedUpLedger"
  | "countInLedger"
  | "mayKeepMore"
  | "pullsWithHead"
  | "seeRepositories"
  | "repository"
  | "sweepRecords"
  | "recordSweeps"
>;

/** What was published, what that rests on, and what is to be withdrawn. */
export type Passes = Pick<
  Store,
  | "moment"
  | "publishedChecks"
  | "intend"
  | "published"
  | "stillRests"
  | "notPublished"
  | "blockedGroups"
  | "passingGroups"
  | "invalidate"
  | "claimWithdrawal"
  | "withdrawn"
  | "restsOn"
  | "spared"
  | "retryWithdrawal"
  | "nextWithdrawalAt"
>;
