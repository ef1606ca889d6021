import { expect, test } from "@jest/globals";
import { sweepOrder } from "../../src/action/sweep-order.ts";
import type { OpenHead } from "../../src/github/listing/open-heads.ts";

const head = (number: number, updatedAt: string): OpenHead => ({
  ...{ number, headSha: String(number), updatedAt: `2026-12-01T${updatedAt}:00Z`, statuses: [] },
});

const MIDNIGHT = new Date("2026-12-01T00:00:00Z");

const rows: readonly {
  readonly why: string;
  readonly heads: readonly OpenHead[];
  /** When each was looked at, by number. */
  readonly seen: Readonly<Record<number, string>>;
  readonly now?: Date;
  readonly order: readonly number[];
}[] = [
  {
    why: "those never looked at come first, the quietest before",
    heads: [head(1, "09:00"), head(2, "10:00"), head(3, "08:00")],
    seen: { 1: "09:30" },
    order: [3, 2, 1],
  },
  {
    why: "those that changed since come before those that did not",
    heads: [head(1, "08:00"), head(2, "10:00")],
    seen: { 1: "09:00", 2: "09:30" },
    order: [2, 1],
  },
  {
    why: "a change in the very second counts as one since",
    heads: [head(1, "08:00"), head(2, "09:30")],
    seen: { 1: "09:00", 2: "09:30" },
    order: [2, 1],
  },
  {
    why: "of those that did not, the one looked at longest ago comes first",
    heads: [head(1, "08:00"), head(2, "08:00"), head(3, "08:00")],
    seen: { 1: "11:00", 2: "09:00", 3: "10:00" },
    order: [2, 3, 1],
  },
  {
    why: "where nothing tells, the next sweep begins elsewhere",
    heads: [head(1, "08:00"), head(2, "09:00"), head(3, "10:00")],
    seen: {},
    now: new Date(MIDNIGHT.getTime() + 15 * 60_000),
    order: [3, 1, 2],
  },
];

test.each(rows)("$why", ({ heads, seen, now = MIDNIGHT, order }) => {
  const seenAt = ({ number }: OpenHead) =>
    seen[number] === undefined ? null : `2026-12-01T${seen[number]}:00Z`;
  expect(sweepOrder(heads, seenAt, now).map(({ number }) => number)).toEqual(order);
});
