import { describe, expect, test } from "@jest/globals";
import {
  everyMonth,
  everyYear,
  grouped,
  percent,
  toolFigures,
  totalsOf,
  totalsOfAll,
} from "../../../../src/cli/scan/counts/figures.ts";
import {
  addPeriods,
  type CountedCommit,
  Counter,
  type Counts,
} from "../../../../src/cli/scan/counts/tally.ts";
import { barOf } from "../../../../src/cli/scan/report/bar.ts";
import { fc } from "../../../fast-check.ts";

const commit: fc.Arbitrary<CountedCommit> = fc.record({
  month: fc.constantFrom("2025-11", "2025-12", "2026-03", null),
  by: fc.constantFrom<CountedCommit["by"]>({ tool: "Kiro" }, { tool: "Codex" }, "automation", "other"),
  severalTools: fc.boolean(),
  merge: fc.boolean(),
  areas: fc.subarray(["infrastructure", "ci"]),
  asked: fc.boolean(),
});

function count(commits: readonly CountedCommit[]): Counts {
  const counter = new Counter();
  for (const each of commits) counter.add(each);
  return counter.counts();
}

const PLAIN: CountedCommit = {
  month: "2026-01",
  by: "other",
  severalTools: false,
  merge: false,
  areas: [],
  asked: false,
};

test("all sums agree: months, years, tools and areas with each other and with the commits", () => {
  fc.assert(
    fc.property(fc.array(commit), (commits) => {
      const counts = count(commits);
      const totals = totalsOfAll(counts);
      const number = (of: (each: CountedCommit) => boolean) => commits.filter(of).length;

      expect(totals.all).toEqual({
        commits: commits.length,
        production: number(({ areas }) => areas.length > 0),
        asked: number(({ asked }) => asked),
      });
      expect(totals.automation.commits).toBe(number(({ by }) => by === "automation"));
      expect(toolFigures(counts).reduce((sum, tool) => sum + tool.commits, 0)).toBe(totals.ai.commits);
      const dated = everyMonth(counts);
      const inMonths = number(({ month }) => month !== null);
      expect(totalsOf(addPeriods(dated)).all.commits).toBe(inMonths);
      expect(totalsOf(addPeriods(everyYear(dated))).all.commits).toBe(inMonths);
      for (const { area, ai, automation, other } of counts.areas) {
        expect(ai + automation + other).toBe(number(({ areas }) => areas.includes(area)));
      }
    }),
  );
});

test("months without a commit are there, in order, over the turn of a year", () => {
  const counts = count(["2026-02", "2025-11"].map((month) => ({ ...PLAIN, month })));

  expect(everyMonth(counts).map(({ label, other }) => [label, other.commits])).toEqual([
    ["2025-11", 1],
    ["2025-12", 0],
    ["2026-01", 0],
    ["2026-02", 1],
  ]);
});

test("a tool is seen first and last in the months it has", () => {
  const by = { tool: "Kiro" };
  const counts = count([null, "2026-02", "2025-11"].map((month) => ({ ...PLAIN, month, by })));

  expect(toolFigures(counts)).toEqual([
    { tool: "Kiro", commits: 3, production: 0, asked: 0, first: "2025-11", last: "2026-02" },
  ]);
});

test("names that objects have of their own are names like others", () => {
  const names = ["__proto__", "constructor", "toString"];
  const counts = count(names.map((tool) => ({ ...PLAIN, by: { tool }, areas: [tool] })));

  expect(toolFigures(counts).map(({ tool }) => tool)).toEqual(["__proto__", "constructor", "toString"]);
  expect(counts.areas.map(({ area, ai }) => [area, ai])).toEqual(names.toSorted().map((name) => [name, 1]));
});

test.each([
  { part: 0, whole: 0, text: "0 %" },
  { part: 0, whole: 5, text: "0 %" },
  { part: 1, whole: 3, text: "33.3 %" },
  { part: 5, whole: 5, text: "100 %" },
  { part: 1, whole: 5000, text: "< 0.1 %" },
  { part: 4999, whole: 5000, text: "> 99.9 %" },
])("$part of $whole is $text", ({ part, whole, text }) => {
  expect(percent(part, whole)).toBe(text);
});

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [1234567, "1,234,567"],
])("%i is written %s", (number, text) => {
  expect(grouped(number)).toBe(text);
});

describe("a bar", () => {
  const tally = (commits: number) => ({ commits, production: 0, asked: 0 });
  const barOfParts = (parts: { ai: number; automation: number; other: number }, most: number) => {
    const { ai, automation, other } = parts;
    const totals = {
      all: tally(ai + automation + other),
      ai: tally(ai),
      automation: tally(automation),
      other: tally(other),
    };
    return barOf(totals, { most, width: 20 })
      .map((span) => (typeof span === "string" ? span : span.text))
      .join("");
  };

  test.each([
    { parts: { ai: 10, automation: 0, other: 10 }, bar: "██████████░░░░░░░░░░" },
    { parts: { ai: 0, automation: 0, other: 0 }, bar: "" },
    { parts: { ai: 1, automation: 0, other: 19 }, bar: "█░░░░░░░░░░░░░░░░░░░" },
    { parts: { ai: 0, automation: 5, other: 0 }, bar: "▒▒▒▒▒" },
  ])("of $parts is $bar", ({ parts, bar }) => {
    expect(barOfParts(parts, 20)).toBe(bar);
  });

  test("shows every part that is not nothing, and is hardly longer than its room", () => {
    const part = fc.nat({ max: 100_000 });
    fc.assert(
      fc.property(part, part, part, (ai, automation, other) => {
        const bar = barOfParts({ ai, automation, other }, ai + automation + other || 1);

        expect([bar.includes("█"), bar.includes("▒"), bar.includes("░")]).toEqual([
          ai > 0,
          automation > 0,
          other > 0,
        ]);
        expect(bar.length).toBeLessThanOrEqual(22);
      }),
    );
  });
});
