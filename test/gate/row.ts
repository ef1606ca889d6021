import { format } from "node:util";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { OPEN_ROWS } from "../attacks/open.ts";
import { type Gate, openGate } from "./gate.ts";

/** The gate of the running test: each row has a GitHub and an app of its own. */
let open: Gate | null = null;

export function opened(): Gate {
  if (open === null) throw new Error("no gate is open outside a test");
  return open;
}

beforeEach(async () => {
  open = await openGate();
});

afterEach(async () => {
  const gate = opened();
  open = null;
  await gate.close();
  expect(gate.double.violations.filter((v) => !v.includes("GET /app/installations"))).toEqual([]);
});

/** One row of the list of attacks, named by its number. */
export function row(number: string, situation: string, run: (gate: Gate) => Promise<void>): void {
  const title = `${number} ${situation}`;
  const declare = OPEN_ROWS.has(title) ? test.failing : test;
  declare(title, () => run(opened()));
}

type Cases = readonly (readonly [unknown, ...unknown[]])[];

row.each =
  <Rows extends Cases>(rows: Rows) =>
  (number: string, situation: string, run: (gate: Gate, ...values: Rows[number]) => Promise<void>): void => {
    for (const values of rows) row(number, titled(situation, values), (gate) => run(gate, ...values));
  };

/** The situation with the first values in the places that it leaves for them. */
function titled(situation: string, values: readonly unknown[]): string {
  const places = situation.match(/%[sj]/g)?.length ?? 0;
  return format(situation, ...values.slice(0, places));
}
