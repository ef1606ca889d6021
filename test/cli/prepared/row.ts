import { test } from "@jest/globals";
import { createStory, type Story } from "./story.ts";

/** One row of the list of attacks on the command line, named by its number: a story of its own for each case. */
export function row(number: string, situation: string, run: (story: Story) => Promise<void>): void {
  test(`${number} ${situation}`, () => run(createStory()));
}

type Cases = readonly (readonly [string, ...unknown[]])[];

row.each =
  <Rows extends Cases>(rows: Rows) =>
  (
    number: string,
    situation: string,
    run: (story: Story, ...values: Rows[number]) => Promise<void>,
  ): void => {
    for (const values of rows) {
      test(`${number} ${situation.replace("%s", values[0])}`, () => run(createStory(), ...values));
    }
  };
