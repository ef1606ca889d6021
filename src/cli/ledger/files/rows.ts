import type { LinkedEntry } from "../../../ledger/entry.ts";
import { type PopulationCounts, RowCounter } from "../population/counts.ts";
import { type ComparedMerges, mergeRows } from "../population/merges.ts";
import type { Period } from "../population/period.ts";
import { isException, Population } from "../population/population.ts";
import type { PopulationRow } from "../population/row.ts";
import { watchRows } from "../population/watched.ts";
import type { WatchedCount } from "./manifest.ts";

/** From what the rows of an export are made: its chains, its period, and what the watch counted. */
export interface RowSource {
  /** Read twice: exceptions come first, and memory does not hold the others. */
  readonly entries: () => AsyncIterable<LinkedEntry>;
  readonly period: Period;
  readonly watched: readonly WatchedCount[] | null;
  /** Left out where GitHub was not asked. */
  readonly merges?: readonly ComparedMerges[];
}

/** The rows of a population, exceptions first. */
export async function* rowsIn({
  entries,
  period,
  watched,
  merges = [],
}: RowSource): AsyncGenerator<PopulationRow> {
  yield* watchRows(watched ?? [], period);
  yield* mergeRows(merges, period);
  for (const wanted of [true, false]) {
    const population = new Population(period);
    for await (const linked of entries())
      for (const row of population.rowsOf(linked)) if (isException(row) === wanted) yield row;
  }
}

/** More than this nobody reads on a page, and no browser prints. */
const SHOWN_ROWS = 2_000;

/** What is known of rows when all of them went by: how many there are, and the first ones. */
export class RowsSeen {
  readonly #counter = new RowCounter();
  readonly #shown: PopulationRow[] = [];

  add(row: PopulationRow): void {
    this.#counter.add(row);
    if (this.#shown.length < SHOWN_ROWS) this.#shown.push(row);
  }

  get counts(): PopulationCounts {
    return this.#counter.counts();
  }

  get shown(): readonly PopulationRow[] {
    return this.#shown;
  }
}
