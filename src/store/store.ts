import type { Evidence } from "../provenance/evidence.ts";
import type { ApprovalRecord, Participant } from "../signoff/snapshot.ts";
import type { Conclusion } from "../signoff/verdict.ts";

/** One repository as an installation sees it. */
export interface RepositoryRef {
  readonly installationId: number;
  readonly owner: string;
  readonly repo: string;
}

type RepositoryName = Pick<RepositoryRef, "owner" | "repo">;

/** A reason to mistrust what was decided before. */
export interface Invalidation {
  /** Passes that may be over: those that rest on somebody's signature, or all. They are withdrawn before reading. */
  readonly of: "signed" | "all";
  /** What is remembered of people, teams and permissions from before this moment is not used. Milliseconds. */
  readonly since: number;
}

/** Where a merge queue made a commit of several pull requests. */
export interface MergeGroup {
  /** The branch they are merged into, without `refs/heads/`. */
  readonly base: string;
  /** The commit that the group is built on: the branch's, or that of the group ahead. */
  readonly baseSha: string;
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
export type Task = (
  | ({
      readonly kind: "head";
      readonly headSha: string;
      /** Pull requests named by whoever asked: a hint, never the whole list. */
      readonly pulls: readonly number[];
      /** Write the check even when the verdict is unchanged: a re-run was asked for. */
      readonly republish?: true;
      /** Set where the commit is a merge group's. */
      readonly group?: MergeGroup;
    } & RepositoryRef)
  | ({
      readonly kind: "repository";
      /** Only the pull requests into this branch; absent: all of them. */
      readonly base?: string;
      /** Its name until now, where it was renamed or transferred. */
      readonly formerly?: RepositoryName;
    } & RepositoryRef &
      Sweep)
  | ({ readonly kind: "installation"; readonly installationId: number } & Sweep)
  | { readonly kind: "upkeep" }
) & { readonly invalidation?: Invalidation };

/** `direct` work (somebody waits for it) goes ahead of `sweep` work. */
export type Priority = "direct" | "sweep";

export interface Job {
  readonly key: string;
  readonly task: Task;
  readonly priority: Priority;
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

/** A delivery with what it asks for. */
export interface QueuedDelivery {
  readonly delivery: Delivery;
  readonly tasks: readonly Task[];
  readonly now: Date;
}

/** What was last published on a head commit, so that an unchanged verdict is not written again. */
export interface PublishedCheck {
  readonly checkRunId: number;
  readonly conclusion: Conclusion;
  readonly digest: string;
  /** Whether somebody's signature was needed and given; absent where nobody knows, which counts as yes. */
  readonly signed?: boolean;
}

/** What the app remembers of one pull request between evaluations. */
export interface PullRequestMemory {
  readonly approvals: readonly ApprovalRecord[];
  readonly evidence: readonly Evidence[];
  /** Pushers and requesters: a later push or an edited comment may hide them. */
  readonly participants: readonly Participant[];
  readonly headSha: string | null;
  readonly headSeenAt: string | null;
}

/** Reads what the app remembers, and cannot write. */
export interface MemoryReader extends Pick<Store, "remember"> {
  close(): Promise<void>;
}

export interface LedgerEntry {
  readonly at: string;
  readonly repository: string;
  readonly pull: number | null;
  readonly headSha: string | null;
  readonly kind: "verdict" | "countersignature" | "evidence";
  readonly data: unknown;
}

/**
 * The durable inbox, the app's memory and the ledger. Every write is on disk when its promise resolves, but for who
 * works on a job and how that went: after a power cut a job may be done again, and is never lost.
 */
export interface Store {
  /**
   * Records a delivery together with the tasks it asks for, in one transaction. A delivery whose tasks were
   * accepted before is accepted again without effect. Answers false in that case.
   */
  accept(delivery: Delivery, tasks: readonly Task[], now: Date): Promise<boolean>;
  /** Which of these delivery ids were accepted. */
  accepted(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Tasks given together are taken in the order given. */
  enqueue(tasks: readonly Task[], priority: Priority, now: Date): Promise<void>;
  /** Leases the most urgent due job until `now + leaseMs`; `null` when none is due. */
  claim(now: Date, leaseMs: number): Promise<Job | null>;
  /** Extends the lease; false when somebody else holds the job by now. */
  renew(job: Job, now: Date, leaseMs: number): Promise<boolean>;
  finish(job: Job): Promise<void>;
  /** Gives the job back, to be tried again at `retryAt`; jobs are never given up. */
  retry(job: Job, retryAt: Date, error: string): Promise<void>;
  /** Gives the job back untried, to be taken at `until`. */
  defer(job: Job, until: Date): Promise<void>;
  /** When the next job falls due, or `null`. */
  nextDueAt(): Promise<Date | null>;
  /** All jobs. */
  depth(): Promise<number>;
  /** Jobs that are due or in work; the others were put off until later. */
  active(now: Date): Promise<number>;
  /** Calls `wake` when another process that shares the store put something into the queue. */
  onNews(wake: () => void): void;

  remember(repository: RepositoryRef, pull: number): Promise<PullRequestMemory>;
  /** Notes that `headSha` is the head of the pull request, first seen at `now` unless known already. */
  recordHead(repository: RepositoryRef, pull: number, headSha: string, now: Date): Promise<void>;
  recordApprovals(
    repository: RepositoryRef,
    pull: number,
    approvals: readonly ApprovalRecord[],
  ): Promise<void>;
  /** The first reason is kept for each person in each role. */
  recordParticipants(
    repository: RepositoryRef,
    pull: number,
    participants: readonly Participant[],
  ): Promise<void>;
  recordEvidence(repository: RepositoryRef, pull: number, evidence: readonly Evidence[]): Promise<void>;
  /** Pull requests recorded with this head. */
  pullsWithHead(repository: RepositoryRef, headSha: string): Promise<readonly number[]>;

  publishedCheck(repository: RepositoryRef, headSha: string): Promise<PublishedCheck | null>;
  recordPublishedCheck(repository: RepositoryRef, headSha: string, check: PublishedCheck): Promise<void>;

  /** The last look at each open pull request of the repository. */
  sweepRecords(repository: RepositoryRef): Promise<readonly SweepRecord[]>;
  /** Replaces all looks of the repository. */
  recordSweeps(repository: RepositoryRef, sweepRecords: readonly SweepRecord[]): Promise<void>;

  /** What was remembered under one name is remembered under the other. */
  rename(from: RepositoryName, to: RepositoryName): Promise<void>;

  append(entries: readonly LedgerEntry[]): Promise<void>;
  close(): Promise<void>;
}

/** The inbox and the queue: the part of a store that a delivery goes through. */
export type Jobs = Pick<
  Store,
  | "accept"
  | "accepted"
  | "enqueue"
  | "claim"
  | "renew"
  | "finish"
  | "retry"
  | "defer"
  | "nextDueAt"
  | "depth"
  | "active"
>;

/** What the app remembers of each pull request and repository. */
export type Memory = Pick<
  Store,
  | "remember"
  | "recordHead"
  | "recordApprovals"
  | "recordEvidence"
  | "recordParticipants"
  | "pullsWithHead"
  | "publishedCheck"
  | "recordPublishedCheck"
  | "sweepRecords"
  | "recordSweeps"
  | "rename"
>;
