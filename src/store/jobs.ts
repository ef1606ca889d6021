import type { Evidence } from "../provenance/evidence.ts";
import type { CommitRecord, Participant } from "../signoff/snapshot.ts";
import type { HeardCommand } from "./memory.ts";
import type { Invalidation } from "./passes.ts";
import type { RepositoryRef, SeenRepository } from "./repository.ts";
import type { Job, Part, Priority, Task } from "./task.ts";
import type { HeardTime } from "./time.ts";

export interface Delivery {
  /** `X-GitHub-Delivery`. */
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
}

/** Somebody who took part in a pull request or an issue. */
interface HeardParticipant {
  readonly pull: number;
  readonly participant: Participant;
  /** GitHub does not count them among the people of the repository: what is kept because of them is bounded. */
  readonly outsider?: true;
}

/** The commit of a merge group that is gone, and whether that is because it was merged. */
export interface DestroyedGroup {
  readonly headSha: string;
  readonly merged: boolean;
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
  /** Comments that may hold a command. */
  readonly commands?: readonly ({ readonly pull: number } & HeardCommand)[];
  /** Commits of merge groups that are gone. */
  readonly destroyed?: readonly DestroyedGroup[];
  /** Who took part in a pull request, or in an issue. */
  readonly participants?: readonly HeardParticipant[];
  /** Marks of tools on a pull request that an event tells of, and GitHub no more. */
  readonly evidence?: readonly { readonly pull: number; readonly evidence: Evidence }[];
  /** Who took part in commits. */
  readonly commits?: readonly CommitRecord[];
  /** Whose reviews open pull requests wait for, and when their authors were heard of. */
  readonly time?: readonly HeardTime[];
  /** Branches that a push gave another history. */
  readonly rewritten?: readonly string[];
}

/** A delivery with what it tells. */
export interface QueuedDelivery {
  readonly delivery: Delivery;
  readonly news: News;
  readonly now: Date;
}

interface WantedJobs {
  /** Default: all. */
  readonly part?: Part;
  /** Ids of repositories whose jobs come behind all others of their class. */
  readonly last?: readonly number[];
}

/** The inbox and the queue: the part of a store that a delivery goes through. */
export interface Jobs {
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
  /**
   * Sees to it that the task is done at this moment at the latest: for tasks that are asked for in no other way. Whoever
   * is too early finds out, and asks again.
   */
  schedule(task: Task, at: Date): Promise<void>;
  /** Leases the due job that is first in the order of work, until `now + leaseMs`; `null` when none is due. */
  claim(now: Date, leaseMs: number, wanted?: WantedJobs): Promise<Job | null>;
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
}
