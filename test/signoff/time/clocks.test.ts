import { expect, test } from "@jest/globals";
import { clocksAt } from "../../../src/signoff/time/clocks.ts";
import type { ClockRecord } from "../../../src/signoff/time-facts.ts";
import { at, HOUR, MINUTE } from "./build.ts";

/** A moment, whether time counts then, and whether anybody asks for the clock. */
type Step = readonly [clock: string, state: "ready" | "draft" | "unasked"];

test.each<{ why: string; steps: readonly Step[]; minutes: number; until: string | null }>([
  { why: "begins when it is first asked for", steps: [["10:00", "ready"]], minutes: 0, until: at("11:00") },
  {
    why: "runs from then on",
    steps: [
      ["10:00", "ready"],
      ["10:20", "ready"],
    ],
    minutes: 20,
    until: at("11:00"),
  },
  {
    why: "does not run for a draft",
    steps: [
      ["10:00", "draft"],
      ["12:00", "draft"],
    ],
    minutes: 0,
    until: null,
  },
  {
    why: "stops for a draft, and goes on",
    steps: [
      ["10:00", "ready"],
      ["10:20", "draft"],
      ["12:00", "ready"],
      ["12:10", "ready"],
    ],
    minutes: 30,
    until: at("12:40"),
  },
  {
    why: "gains nothing by drafts to and fro",
    steps: [
      ["10:00", "ready"],
      ["10:10", "draft"],
      ["10:20", "ready"],
      ["10:30", "draft"],
      ["10:40", "ready"],
    ],
    minutes: 20,
    until: at("11:20"),
  },
  {
    why: "starts anew when it went away and came back",
    steps: [
      ["10:00", "ready"],
      ["10:50", "unasked"],
      ["10:55", "ready"],
    ],
    minutes: 0,
    until: at("11:55"),
  },
  {
    why: "starts where the clock of the app was ahead by a year, and does not wait for that year",
    steps: [
      ["2027-11-20 10:00", "ready"],
      ["10:00", "ready"],
      ["10:30", "ready"],
    ],
    minutes: 30,
    until: at("11:00"),
  },
])("a clock $why", ({ steps, minutes, until }) => {
  let records: readonly ClockRecord[] = [];
  let ran = false;
  let runsOut: number | null = null;
  for (const [clock, state] of steps) {
    const now = clock.includes(" ") ? at(clock.slice(11), clock.slice(0, 10)) : at(clock);
    const clocks = clocksAt(records, { now, runs: state !== "draft" });
    if (state !== "unasked") {
      ran = clocks.hasRun("a", minutes * MINUTE) && !clocks.hasRun("a", minutes * MINUTE + 1);
      runsOut = clocks.runsOut("a", HOUR);
    }
    records = clocks.records();
  }
  expect(ran).toBe(true);
  expect(runsOut === null ? null : new Date(runsOut).toISOString()).toBe(until);
});

test("a clock tells since when it is known without being kept for it", () => {
  const before: ClockRecord[] = [{ key: "a", first: at("10:00"), ran: 0, since: at("10:00") }];
  const clocks = clocksAt(before, { now: at("11:00"), runs: true });
  expect([clocks.knownSince("a"), clocks.knownSince("b")]).toEqual([Date.parse(at("10:00")), null]);
  expect(clocks.records()).toEqual([]);
});
