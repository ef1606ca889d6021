import { test } from "@jest/globals";

type Rows = readonly (readonly [unknown, ...unknown[]])[];

/** One row of the list of attacks, which needs nothing to be set up. */
export function row(number: string, situation: string, run: () => void | Promise<void>): void {
  test(`${number} ${situation}`, run);
}

row.each =
  <Cases extends Rows>(cases: Cases) =>
  (number: string, situation: string, run: (...values: Cases[number]) => void | Promise<void>): void => {
    for (const values of cases) row(number, titled(situation, values), () => run(...values));
  };

/** The situation with the first value in its place. */
export function titled(situation: string, [first]: readonly unknown[]): string {
  return situation.replace(/%[sj]/, () => String(first));
}
