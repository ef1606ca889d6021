import type { PopulationRow } from "./row.ts";

/** How many rows there are, by how the change passed; the sum is all of them. */
export interface PopulationCounts {
  readonly rows: number;
  readonly exceptions: number;
  readonly countersigned: number;
  readonly notRequired: number;
  readonly overridden: number;
  readonly withdrawn: number;
  readonly bypassed: number;
  readonly unknown: number;
}

const FIGURES = {
  countersigned: "countersigned",
  "not-required": "notRequired",
  overridden: "overridden",
  withdrawn: "withdrawn",
  bypassed: "bypassed",
} as const;

export class RowCounter {
  #counts: PopulationCounts = {
    ...{ rows: 0, exceptions: 0, countersigned: 0, notRequired: 0 },
    ...{ overridden: 0, withdrawn: 0, bypassed: 0, unknown: 0 },
  };

  add({ passedAs, exceptions }: PopulationRow): void {
    const figure = Object.hasOwn(FIGURES, passedAs) ? FIGURES[passedAs as keyof typeof FIGURES] : "unknown";
    const counts = this.#counts;
    this.#counts = {
      ...counts,
      rows: counts.rows + 1,
      exceptions: counts.exceptions + Number(exceptions.length > 0),
      [figure]: counts[figure] + 1,
    };
  }

  counts(): PopulationCounts {
    return this.#counts;
  }
}
