import type { Conclusion } from "../signoff/verdict.ts";
import type { Fact } from "./fact.ts";
import type { RepositoryRef, SeenRepository } from "./repository.ts";
import type { HeadTask, MergeGroup, Task } from "./task.ts";

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

/** By what a check run is named. */
export interface CheckRunIds {
  readonly id: number;
  readonly nodeId: string | null;
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
  /** What a pass lets in; absent where it lets in nothing. */
  readonly into?: readonly LetIn[];
  /** Two people let it through, and no verdict does. */
  readonly overridden?: true;
}

/** A branch that a pass lets a commit into. */
export interface LetIn {
  readonly branch: string;
  /** See `Snapshot.contentDigest`; `null` where it has none. */
  readonly content: string | null;
  /** The commit that a merge group is built on: what is below it was let in by another pass. */
  readonly above?: string;
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

/** What was published, what that rests on, and what is to be withdrawn. */
export interface Passes {
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
  stillRests(publication: Publication, now: Date): Promise<boolean>;
  /** Notes that it was not written, as GitHub itself says. What stood before stands. */
  notPublished(publication: Publication): Promise<void>;
  /** What judges the merge groups again that hold one of these pull requests and do not pass. */
  blockedGroups(repository: RepositoryRef, pulls: readonly number[]): Promise<readonly Task[]>;
  /** The merge group whose check was published on the commit; `null` where it is not known to be a group's. */
  groupAt(repository: RepositoryRef, headSha: string): Promise<MergeGroup | null>;
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
}
