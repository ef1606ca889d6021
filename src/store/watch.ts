import type { LedgerEntry } from "./ledger.ts";
import type { RepositoryRef } from "./repository.ts";

/** What the config said of changes to governed branches when it was read last. Later moves are judged by it. */
export interface WatchRules {
  /** The entries of `branches`. */
  readonly branches: readonly string[];
  readonly defaultBranch: string;
  /** Accounts that may pass the check by, by login in lower case. */
  readonly allowed: readonly { readonly account: string; readonly reason: string }[];
  readonly followUp: "none" | "issue";
  /** Who is told of a bypass; left out in what earlier versions kept. */
  readonly notify?: readonly string[];
}

/** A governed branch, up to where its moves were judged. */
export interface WatchedBranch {
  readonly branch: string;
  /** The commit it was at then; it stays when the branch is deleted, or not governed for a time. */
  readonly tip: string;
  /** GitHub's id of the last move that was judged; `null` where none was. */
  readonly move: string | null;
}

/** A repository whose governed branches are watched. */
export interface Watched {
  readonly rules: WatchRules;
  /** When the rules were read. Milliseconds, as all times here. */
  readonly readAt: number;
  /** Since when it is watched: what moved before came before the App. */
  readonly since: number;
  /** Up to when all of its moves were looked through. */
  readonly sweptAt: number;
  readonly branches: readonly WatchedBranch[];
}

/** That a verdict let a commit be merged into a branch. */
export interface PassRecord {
  readonly headSha: string;
  /** `*` where it is not known for which: it passed before that was noted. */
  readonly branch: string;
  /** See `Snapshot.contentDigest`; `null` where it has none. */
  readonly content: string | null;
  /** The commit that a merge group was built on; `null` for the head of a pull request. */
  readonly above: string | null;
  readonly since: number;
  /** `null` while GitHub shows it. */
  readonly until: number | null;
  /** Two people let it through, and no verdict did. */
  readonly overridden: boolean;
  /** Something came into the branch by it. */
  readonly served: boolean;
}

/** What became of a branch's move, and what is to be kept of it. */
export interface JudgedMove {
  /** As it was before. */
  readonly was: WatchedBranch | null;
  readonly now: WatchedBranch;
  readonly entries: readonly LedgerEntry[];
  /** How many changes came of each outcome. */
  readonly outcomes: readonly CountedOutcome[];
  /** The passes it was merged by: each serves once. */
  readonly served: readonly Pick<PassRecord, "headSha" | "branch">[];
}

export interface CountedOutcome {
  readonly outcome: string;
  /** By an account that the config allows it. */
  readonly allowed: boolean;
  readonly count: number;
}

/** What is remembered of how governed branches came to be what they are. */
export interface WatchMemory {
  /** `null` where nobody has looked yet. */
  watched(repository: RepositoryRef): Promise<Watched | null>;
  /** Begins at these tips, unless it is watched already. */
  beginWatch(repository: RepositoryRef, begun: Pick<Watched, "rules" | "branches">, now: Date): Promise<void>;
  recordWatchRules(repository: RepositoryRef, rules: WatchRules, now: Date): Promise<void>;
  /** All moves until then were looked through. */
  recordWatchSweep(repository: RepositoryRef, until: Date): Promise<void>;
  /**
   * Appends the entries and goes on behind the move, both or neither. False, and nothing is kept, where the branch is
   * not as it was before: another process has judged it.
   */
  recordMove(repository: RepositoryRef, move: JudgedMove, now: Date): Promise<boolean>;
  /** What let the commit through, oldest first. */
  passesOf(repository: RepositoryRef, headSha: string): Promise<readonly PassRecord[]>;
  /** What let the same change into the branch and has not served yet. */
  passesOfContent(
    repository: RepositoryRef,
    change: { readonly content: string; readonly branch: string },
  ): Promise<readonly PassRecord[]>;
  /** Forgets passes that ended, or served, before. */
  forgetPasses(before: Date): Promise<void>;
  outcomes(): Promise<readonly CountedOutcome[]>;
  /** The oldest sweep of a repository that is watched now; `null` for none. */
  oldestWatchSweep(): Promise<number | null>;
  /** What belongs to none of these installations is not looked at any more, and nothing of it is forgotten. */
  watchOnly(installations: readonly number[]): Promise<void>;
  /** The same of an installation's repositories. */
  watchOnlyIn(installationId: number, repositories: readonly number[]): Promise<void>;
}
