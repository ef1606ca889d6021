import { expect, test } from "@jest/globals";
import { checkedPatterns } from "../../../src/policy/governs.ts";
import { policyOf, resolveTexts, type Texts } from "../files.ts";

interface Row extends Texts {
  readonly why: string;
  readonly inForce: "one" | "per-pattern";
}

const ONE = "checks: one\n";
const EACH = "checks: per-pattern\n";

/** The default, each value, what the organization's file allows and what its silence does. */
const ROWS: readonly Row[] = [
  { why: "unset", inForce: "one" },
  { why: "one", repository: ONE, inForce: "one" },
  { why: "one for each pattern", repository: EACH, inForce: "per-pattern" },
  { why: "the organization's alone", organization: EACH, inForce: "per-pattern" },
  { why: "weaker than the organization's", organization: EACH, repository: ONE, inForce: "per-pattern" },
  { why: "stricter than the organization's", organization: ONE, repository: EACH, inForce: "per-pattern" },
  {
    why: "stricter than its silence",
    organization: "version: 1\n",
    repository: EACH,
    inForce: "per-pattern",
  },
];

test.each(ROWS)("checks: $why", ({ inForce, ...texts }) => {
  expect(policyOf(texts).policy).toMatchObject({ checks: inForce });
});

test("a repository that wants fewer than the organization is told so", () => {
  expect(policyOf({ organization: EACH, repository: ONE }).problems).toMatchObject([
    { code: "config/weaker-than-organization", message: expect.stringContaining("checks") },
  ]);
});

test("another word is an error", () => {
  expect(resolveTexts({ repository: "checks: each\n" }).problems).toMatchObject([
    { code: "config/invalid-value", message: expect.stringContaining("checks") },
  ]);
});

const BRANCHES = 'branches: [main, "release/*", "**"]\n';

test.each([
  { why: "none where there is one check", texts: { repository: BRANCHES }, ref: "main", patterns: [] },
  {
    why: "those that match the branch",
    texts: { repository: EACH + BRANCHES },
    ref: "release/1",
    patterns: ["release/*", "**"],
  },
  {
    why: "the default branch's, and what the repository adds to it",
    texts: { organization: EACH, repository: "branches: [trunk, main]\n" },
    ref: "trunk",
    patterns: ["~DEFAULT_BRANCH", "trunk"],
  },
  { why: "none on a branch that is not governed", texts: { repository: EACH }, ref: "main", patterns: [] },
])("the patterns that have a check: $why", ({ texts, ref, patterns }) => {
  expect(checkedPatterns(policyOf(texts).policy, { ref, defaultBranch: "trunk" })).toEqual(patterns);
});
