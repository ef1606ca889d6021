import type { Problem } from "../../policy/problem.ts";
import type { Counts } from "./counts/tally.ts";
import type { ReadReview } from "./review/read.ts";

/** What was read, by which policy, and what it came to. */
export interface Scan {
  readonly repository: { readonly owner: string; readonly name: string };
  readonly history: History;
  readonly policy: {
    /** The file, or `null` where the built-in areas alone hold. */
    readonly file: string | null;
    readonly warnings: readonly Problem[];
  };
  /** This month, `2026-11`: it is not over. */
  readonly currentMonth: string;
  readonly counts: Counts;
  /** How changes were reviewed, where the App's ledger was read. */
  readonly reviewed?: ReadReview & {
    /** Milliseconds since 1970. */
    readonly now: number;
  };
}

export interface History {
  /** Every ref but notes and stashes, or one commit and what it goes back to. */
  readonly from: "all" | { readonly name: string; readonly sha: string };
  /** Dates as the user wrote them. */
  readonly since: string | null;
  readonly until: string | null;
  readonly merges: boolean;
  /** The clone is shallow: what came before is not here. */
  readonly cut: boolean;
}
