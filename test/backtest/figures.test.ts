import { describe, expect, test } from "@jest/globals";
import { byOwners, figuresOf, spreadOf } from "../../src/backtest/figures.ts";
import type { Ask, Done, Replayed } from "../../src/backtest/replayed.ts";
import { mostTelling } from "../../src/backtest/telling.ts";

const SIGNED: Done = { kind: "signed", by: ["olga"], waitedMs: 60_000, silent: false };
const SILENT: Done = { ...SIGNED, silent: true };
const NOBODY: Done = { kind: "nobody" };
const LATE: Done = { kind: "late", by: ["olga"], afterMergeMs: 3_600_000 };
const EARLIER: Done = { kind: "earlier", by: ["olga"] };
const UNKNOWN: Done = { kind: "unknown", about: ["@acme/sre"] };
const REFUSED: Done = { kind: "refused", by: ["olga"] };

function ask(done: Done, more: Partial<Ask> = {}): Ask {
  const since = "2026-11-20T09:00:00Z";
  return { area: "infrastructure", owners: ["@acme/sre"], count: 1, because: "", since, done, ...more };
}

function pull(number: number, dones: readonly Done[], more: Partial<Replayed> = {}): Replayed {
  return {
    pull: {
      number,
      title: `Change ${number}`,
      author: "kiro",
      mergedBy: "kira",
      openedAt: "2026-11-20T09:00:00Z",
      mergedAt: `2026-11-${String(number).padStart(2, "0")}T18:00:00Z`,
    },
    writer: "ai",
    tools: ["Kiro"],
    areas: ["infrastructure"],
    asks: dones.map((done) => ask(done)),
    hazards: [],
    approved: false,
    ...more,
  };
}

const HAZARD = { id: "terraform/x", what: "x", file: "a.tf", line: 1, asks: true };

describe("spread", () => {
  test.each<[readonly number[], number | null, number | null]>([
    [[], null, null],
    [[5], 5, 5],
    [[9, 1], 1, 9],
    [[3, 1, 2], 2, 3],
    [Array.from({ length: 10 }, (_, index) => index + 1), 5, 9],
    [Array.from({ length: 100 }, (_, index) => 100 - index), 50, 90],
  ])("%j", (durations, median, p90) => {
    expect(spreadOf(durations)).toEqual({ of: durations.length, median, p90 });
  });
});

test("every pull request on which somebody was asked is in time, would have waited, or is unclear", () => {
  const all = [
    pull(1, [SIGNED]),
    pull(2, [SILENT], { approved: true }),
    pull(3, [SIGNED, SILENT]),
    pull(4, [NOBODY]),
    pull(5, [SIGNED, LATE]),
    pull(6, [REFUSED], { approved: true }),
    pull(7, [EARLIER]),
    pull(8, [UNKNOWN, NOBODY]),
    pull(9, [], { writer: "human", areas: [] }),
    pull(10, [], { unjudged: { kind: "not-governed", because: "" }, writer: "unknown" }),
    pull(11, [], { unjudged: { kind: "not-evaluated", because: "" }, writer: "unknown" }),
  ];
  const figures = figuresOf(all);
  expect(figures).toMatchObject({
    pulls: 11,
    ai: 8,
    aiInProduction: 8,
    asked: 8,
    inTime: 3,
    wouldHaveWaited: 4,
    unclear: 1,
    withoutOwner: 3,
    withoutAnybody: 6,
    silent: 1,
    notGoverned: 1,
    notEvaluated: 1,
    asks: { signed: 5, late: 1, earlier: 1, refused: 1, unknown: 1, impossible: 0, nobody: 2 },
    late: { of: 1, median: 3_600_000 },
  });
  expect(figures.inTime + figures.wouldHaveWaited + figures.unclear).toBe(figures.asked);
});

test("owners by how much they would have been asked, then by name", () => {
  const all = [
    pull(1, [], { asks: [ask(SIGNED), ask(NOBODY, { owners: ["@dora"] })] }),
    pull(2, [], { asks: [ask(LATE), ask(SIGNED, { owners: ["@dana"] })] }),
  ];
  expect(byOwners(all)).toMatchObject([
    { name: "@acme/sre", asked: 2, done: { signed: 1, late: 1 }, signing: { median: 60_000 } },
    { name: "@dana", asked: 1 },
    { name: "@dora", asked: 1, done: { nobody: 1 }, signing: { median: null } },
  ]);
});

describe("the most telling", () => {
  test.each<[string, readonly Replayed[], readonly number[]]>([
    ["what asked nobody tells nothing", [pull(1, [])], []],
    ["a signature in time tells less than none", [pull(2, [SIGNED]), pull(1, [NOBODY])], [1, 2]],
    ["what was merged against an owner's word comes first", [pull(2, [NOBODY]), pull(1, [REFUSED])], [1, 2]],
    ["what is destroyed weighs more", [pull(2, [NOBODY]), pull(1, [NOBODY], { hazards: [HAZARD] })], [1, 2]],
    ["of the same weight, the newest", [pull(1, [NOBODY]), pull(3, [NOBODY]), pull(2, [NOBODY])], [3, 2, 1]],
    ["five at most", [1, 2, 3, 4, 5, 6].map((number) => pull(number, [NOBODY])), [6, 5, 4, 3, 2]],
  ])("%s", (_, all, numbers) => {
    expect(mostTelling(all).map((each) => each.pull.number)).toEqual(numbers);
  });
});
