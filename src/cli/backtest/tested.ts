import type { Replayed } from "../../backtest/replayed.ts";
import type { Finding } from "../../doctor/finding.ts";
import type { Problem } from "../../policy/problem.ts";
import type { Stop } from "./budget.ts";

/** What was read, judged by one policy or several. */
export interface Backtest {
  /** Under its present name. */
  readonly repository: { readonly owner: string; readonly name: string };
  /** As it was asked for, where it has another name now. */
  readonly askedAs: string | null;
  /** How many of the latest merged pull requests were asked for, and how many there are. */
  readonly last: number;
  readonly found: number;
  /** Whether those found are known to be the latest. */
  readonly complete: boolean;
  readonly policies: readonly Tested[];
  /** Whether the check really blocks merges here today; `null` where that was not read. */
  readonly gate: readonly Finding[] | null;
  readonly notRead: readonly NotRead[];
  /** Teams of whose members nobody knows, because the token may not read them. */
  readonly unreadTeams: readonly string[];
  /** Not where the repository has too many files to list its symbolic links. */
  readonly followsLinks: boolean;
  readonly cost: Cost;
  /** Why it ended before all were read; `null` where it did not. */
  readonly stopped: Stop | null;
  /** Where what was read is kept. */
  readonly folder: string;
}

/** Whether all that was asked for was read. */
export function isWhole({ stopped, notRead, complete }: Backtest): boolean {
  return stopped === null && notRead.length === 0 && complete;
}

export interface Tested {
  /** As the user names it: `today`, `then`, or a file; and as people read it. */
  readonly name: string;
  readonly title: string;
  readonly replayed: readonly Replayed[];
  readonly warnings: readonly Problem[];
}

/** A pull request that cannot be read whole. */
export interface NotRead {
  readonly number: number;
  readonly because: string;
}

interface Cost {
  readonly requests: number;
  /** Pull requests that had been read before. */
  readonly kept: number;
}
