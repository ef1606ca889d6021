import { describe, expect, test } from "@jest/globals";
import { remarksOf } from "../../../src/cli/backtest/report/sentences.ts";
import { type Backtest, isWhole } from "../../../src/cli/backtest/tested.ts";

const WHOLE: Backtest = {
  repository: { owner: "acme", name: "shop" },
  askedAs: null,
  last: 1,
  found: 1,
  complete: true,
  policies: [],
  gate: null,
  notRead: [],
  unreadTeams: [],
  followsLinks: true,
  cost: { requests: 20, kept: 0 },
  stopped: null,
  folder: "/kept",
};

const MISSING = "So many older pull requests were changed lately that some of the latest may be missing.";

describe("whether all that was asked for was read", () => {
  test("it was", () => {
    expect(isWhole(WHOLE)).toBe(true);
    expect(remarksOf(WHOLE)).not.toContain(MISSING);
  });

  test.each<[string, Partial<Backtest>]>([
    ["the latest may be missing", { complete: false }],
    ["one could not be read", { notRead: [{ number: 1, because: "It is no longer there." }] }],
    ["it was interrupted", { stopped: { kind: "interrupted" } }],
  ])("not where %s", (_, given) => {
    expect(isWhole({ ...WHOLE, ...given })).toBe(false);
  });

  test("where some of the latest may be missing, it is said, and no number is taken for all", () => {
    const remarks = remarksOf({ ...WHOLE, last: 2, complete: false });
    expect(remarks).toContain(MISSING);
    expect(remarks).not.toContain("There are no more than 1 merged pull request.");
  });
});

test.each([
  [1, "20 requests to GitHub; 1 pull request had been read before. What was read is kept in /kept."],
  [2, "20 requests to GitHub; 2 pull requests had been read before. What was read is kept in /kept."],
])("%i pull requests had been read before", (kept, sentence) => {
  expect(remarksOf({ ...WHOLE, cost: { requests: 20, kept } })).toContain(sentence);
});
