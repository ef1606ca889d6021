import type { LinkedEntry } from "../../../ledger/entry.ts";
import { type Change, changeIn } from "./change.ts";
import { isIn, type Period } from "./period.ts";
import { gapRow, type PopulationRow, rowOf, unreadableRow } from "./row.ts";

/** Where a branch without entries begins: it was made, or made again. */
const NOWHERE = /^0+$/;

/** Turns the entries of chains into the rows of a period. Memory grows with the number of branches alone. */
export class Population {
  readonly #period: Period;
  /** The last change of each branch. */
  readonly #last = new Map<string, Change>();

  constructor(period: Period) {
    this.#period = period;
  }

  /** The rows that an entry adds, in their order. */
  rowsOf(linked: LinkedEntry): readonly PopulationRow[] {
    const change = changeIn(linked);
    if (change === null) return [];
    const { entry } = linked;
    if (change === "unreadable") {
      const dated = { movedAt: entry.at, repository: { name: entry.repository?.name ?? "" } };
      return isIn(this.#period, dated) ? [unreadableRow(entry)] : [];
    }
    const gap = this.#gapBefore(change);
    if (!isIn(this.#period, change)) return [];
    return [...(gap === null ? [] : [gap]), rowOf(change)];
  }

  /** Each change of a branch begins where the one before ended, or came by the same move. */
  #gapBefore(change: Change): PopulationRow | null {
    const { installation, repository, branch, before, after } = change;
    const key = JSON.stringify([installation, repository.id ?? repository.name, branch]);
    const last = this.#last.get(key);
    this.#last.set(key, change);
    if (last === undefined || NOWHERE.test(before) || before === last.after) return null;
    if (before === last.before && after === last.after) return null;
    return gapRow(last, change);
  }
}

export function isException({ exceptions }: Pick<PopulationRow, "exceptions">): boolean {
  return exceptions.length > 0;
}
