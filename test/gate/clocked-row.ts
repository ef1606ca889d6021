import { expect, test } from "@jest/globals";
import { ManualClock } from "../app/manual-clock.ts";
import { OPEN_ROWS } from "../attacks/open.ts";
import type { TestAppOptions } from "./app.ts";
import { type Gate, openGate } from "./gate.ts";

/** The time of a gate, which passes when a test says so. */
export class PassingTime {
  readonly #gate: Gate;
  readonly #clock: ManualClock;

  constructor(gate: Gate, clock: ManualClock) {
    this.#gate = gate;
    this.#clock = clock;
  }

  /** Lets as many seconds pass at once, and waits until nothing is due. */
  async leap(seconds: number): Promise<void> {
    await this.#clock.advance(seconds * 1000);
    await this.#gate.settle();
  }

  /** Lets seconds pass, one after the other, each until nothing is due, or until the fact is true; tells how many. */
  async pass(seconds: number, until: () => boolean = () => false): Promise<number> {
    for (let passed = 0; passed < seconds; passed++) {
      if (until()) return passed;
      await this.leap(1);
    }
    return seconds;
  }
}

type Run = (gate: Gate, time: PassingTime) => Promise<void>;

/** One row of the list of attacks in which time matters: GitHub grants the app one write a second. */
export function row(number: string, situation: string, run: Run): void {
  declareRow(`${number} ${situation}`, {}, run);
}

/** The same where GitHub grants so many requests an hour, by REST and by GraphQL. */
export const rowGranting =
  (hourlyLimit: number) =>
  (number: string, situation: string, run: Run): void =>
    declareRow(`${number} ${situation}`, { hourlyLimit }, run);

function declareRow(title: string, options: TestAppOptions, run: Run): void {
  const declare = OPEN_ROWS.has(title) ? test.failing : test;
  declare(title, () => clocked(run, { writesPerSecond: 1, ...options }));
}

/** A story in which time matters, to which GitHub lends its own clock. */
export async function clocked(run: Run, options: TestAppOptions = {}): Promise<void> {
  const clock = new ManualClock();
  const gate = await openGate({ clock, ...options });
  try {
    await run(gate, new PassingTime(gate, clock));
  } finally {
    await gate.close();
  }
  expect(gate.double.violations).toEqual([]);
}

row.each =
  <Rows extends readonly (readonly [string, ...unknown[]])[]>(rows: Rows) =>
  (
    number: string,
    situation: string,
    run: (gate: Gate, time: PassingTime, ...values: Rows[number]) => Promise<void>,
  ): void => {
    for (const values of rows)
      row(number, situation.replace("%s", values[0]), (gate, time) => run(gate, time, ...values));
  };
