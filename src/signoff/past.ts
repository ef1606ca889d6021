import type { Account, Snapshot } from "./snapshot.ts";

/** A pull request that was merged, as it is read later. */
export interface PastPull {
  /**
   * What it was when it was merged, by the rules of its base of then. Only `reviews` holds more: all that were ever
   * given. Permissions and teams are those of the day it is read: GitHub does not tell the past ones.
   */
  readonly snapshot: Snapshot;
  readonly openedAt: string;
  readonly mergedAt: string;
  /** `null` where nobody knows. */
  readonly mergedBy: Account | null;
  /** Ids of those who wrote something on it before it was merged. */
  readonly spoke: readonly number[];
}
