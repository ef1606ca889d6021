import { describe, expect, test } from "@jest/globals";
import {
  type ChangeOutcome,
  isBypass,
  isOutcome,
  outcomeOf,
  type Pass,
  standingAt,
} from "../../src/watch/outcome.ts";

const SECOND = 1000;
/** When the commit came into the branch. */
const AT = 1_000 * SECOND;

const pass = (since: number, until: number | null, given: Partial<Pass> = {}): Pass => ({
  ...{ branch: "main", since: AT + since * SECOND, until: until === null ? null : AT + until * SECOND },
  ...{ overridden: false, ...given },
});

describe("what the check said when a commit came into a branch", () => {
  test.each<{ why: string; passes: readonly Pass[]; says: ChangeOutcome | null; ends?: true }>([
    { why: "nothing ever passed", passes: [], says: null },
    { why: "it passes, and still does", passes: [pass(-100, null)], says: "let-through" },
    { why: "it passed and was over in that second", passes: [pass(-100, 0)], says: null },
    { why: "it was over a moment after", passes: [pass(-100, 1)], says: "turned-red-after" },
    { why: "it was over because it was pushed", passes: [pass(-100, 1)], says: "let-through", ends: true },
    { why: "it was over before it was pushed", passes: [pass(-100, -1)], says: null, ends: true },
    { why: "it passed by our clock just after", passes: [pass(60, null)], says: "let-through" },
    { why: "it passed more than a minute after", passes: [pass(61, null)], says: null },
    { why: "it passed for another branch", passes: [pass(-100, null, { branch: "dev" })], says: null },
    {
      why: "it is not known for which branch",
      passes: [pass(-100, null, { branch: "*" })],
      says: "let-through",
    },
    {
      why: "it was over, and another write of it stands",
      passes: [pass(-100, 1), pass(1, null)],
      says: "let-through",
    },
    {
      why: "it was over before, and stands anew long after",
      passes: [pass(-100, -50), pass(100, null)],
      says: null,
    },
    { why: "two people let it in", passes: [pass(-9, null, { overridden: true })], says: "overridden" },
    {
      why: "two people did, and a verdict as well",
      passes: [pass(-9, null, { overridden: true }), pass(-5, null)],
      says: "let-through",
    },
    { why: "their word was over", passes: [pass(-9, -1, { overridden: true })], says: null },
  ])("$why", ({ passes, says, ends }) => {
    expect(standingAt({ branch: "main", at: AT, passes, endsOwnPass: ends === true })).toBe(says);
  });
});

describe("what nothing let in", () => {
  test.each<{ why: string; pull: boolean; checked: boolean; passes: boolean | null; says: ChangeOutcome }>([
    { why: "a check stood and did not pass", pull: true, checked: true, passes: null, says: "red" },
    {
      why: "a check stood; what would be said now is not asked",
      pull: true,
      checked: true,
      passes: true,
      says: "red",
    },
    {
      why: "no check, and it would have passed",
      pull: true,
      checked: false,
      passes: true,
      says: "let-through",
    },
    { why: "no check, and it would not have", pull: true, checked: false, passes: false, says: "no-check" },
    { why: "no check, and it cannot be told", pull: true, checked: false, passes: null, says: "no-check" },
    {
      why: "no pull request, and it would have passed",
      pull: false,
      checked: false,
      passes: true,
      says: "let-through",
    },
    {
      why: "no pull request, and it would not have",
      pull: false,
      checked: false,
      passes: false,
      says: "no-pull-request",
    },
    {
      why: "no pull request, and it cannot be told",
      pull: false,
      checked: false,
      passes: null,
      says: "no-pull-request",
    },
  ])("$why", ({ says, ...given }) => {
    expect(outcomeOf(given)).toBe(says);
  });
});

test.each<[ChangeOutcome, boolean]>([
  ["let-through", false],
  ["turned-red-after", false],
  ["overridden", false],
  ["no-check", true],
  ["red", true],
  ["no-pull-request", true],
])("%s is a bypass: %s", (outcome, is) => {
  expect(isBypass(outcome)).toBe(is);
  expect(isOutcome(outcome)).toBe(true);
});

test("another word is no outcome", () => {
  expect(isOutcome("green")).toBe(false);
});
