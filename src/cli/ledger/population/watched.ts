import type { Period } from "./period.ts";
import { countRow, type PopulationRow } from "./row.ts";

interface Compared {
  readonly outcome: string;
  readonly counted: number;
  readonly held: number;
}

/** What the watch counted and the ledger does not hold, or the other way round: a row for each outcome. */
export function watchRows(watched: readonly Compared[], { until }: Period): readonly PopulationRow[] {
  const at = new Date(until).toISOString();
  return watched
    .filter(({ counted, held }) => counted !== held)
    .map(({ outcome, counted, held }) => {
      const reason = `Of all times, the watch counted ${counted} changes with the outcome ${outcome}, and the ledger holds ${held}.`;
      return countRow(at, outcome, reason);
    });
}
