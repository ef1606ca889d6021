import { readFileSync, writeFileSync } from "node:fs";
import * as z from "zod";

/** A file of figures that only the benchmarks write and that pages are made from. */
export interface MeasuredRows<Row> {
  readonly read: () => readonly Row[];
  /** Each thing that was measured once, by what was measured last; sorted by what it is called. */
  readonly save: (rows: readonly Row[]) => void;
}

export function measuredRows<Row>(
  file: URL,
  row: z.ZodType<Row>,
  keyOf: (row: Row) => string,
): MeasuredRows<Row> {
  const read = () => z.array(row).parse(JSON.parse(readFileSync(file, "utf8")));
  return {
    read,
    save(rows) {
      const all = new Map([...read(), ...rows].map((each) => [keyOf(each), each]));
      const sorted = [...all].toSorted(([one], [other]) => (one < other ? -1 : 1));
      writeFileSync(
        file,
        `${JSON.stringify(
          sorted.map(([, each]) => each),
          null,
          2,
        )}\n`,
      );
    },
  };
}
