import { describe, expect, test } from "@jest/globals";
import { type Judged, pagesOf } from "../../../src/signoff/report/site.ts";
import { HEAD, JUDGED, RULES_SHA, SITE } from "../build.ts";

const pages = (more: Partial<Judged> = {}) => pagesOf({ ...JUDGED, ...more });
const DIFF = `#diff-${SITE.diffName("a.tf")}`;
const ENTERPRISE = { site: { ...SITE, github: "https://git.example.com" } };
const AFTER = { line: 3, side: "after" } as const;
const BEFORE = { line: 3, side: "before" } as const;

describe("a file of the change", () => {
  test.each<{
    why: string;
    judged?: Partial<Judged>;
    at?: typeof AFTER | typeof BEFORE;
    address: string | null;
  }>([
    { why: "in the diff", address: `https://github.com/acme/shop/pull/7/files${DIFF}` },
    { why: "at a line after it", at: AFTER, address: `https://github.com/acme/shop/pull/7/files${DIFF}R3` },
    { why: "at a line before it", at: BEFORE, address: `https://github.com/acme/shop/pull/7/files${DIFF}L3` },
    {
      why: "on GitHub Enterprise Server",
      judged: ENTERPRISE,
      at: AFTER,
      address: `https://git.example.com/acme/shop/pull/7/files${DIFF}R3`,
    },
    {
      why: "of the pull request that decides for a merge group",
      judged: { pulls: [7, 9], group: { of: 9 } },
      address: `https://github.com/acme/shop/pull/9/files${DIFF}`,
    },
    {
      why: "at the head that two pull requests share",
      judged: { pulls: [7, 9] },
      at: AFTER,
      address: `https://github.com/acme/shop/blob/${HEAD}/a.tf#L3`,
    },
    { why: "that has no such line at the head", judged: { pulls: [7, 9] }, at: BEFORE, address: null },
    {
      why: "at the head of a merge group of unknown pull requests",
      judged: { pulls: [], group: { of: null } },
      address: `https://github.com/acme/shop/blob/${HEAD}/a.tf`,
    },
  ])("$why", ({ judged, at, address }) => {
    expect(pages(judged).file("a.tf", at)).toBe(address);
  });
});

test.each([
  { path: "docs/CODEOWNERS", address: "docs/CODEOWNERS#L4" },
  { path: "a b)](x)<!--_*~'.tf", address: "a%20b%29%5D%28x%29%3C%21--%5F%2A%7E%27.tf#L4" },
  { path: "100%/#?.tf", address: "100%25/%23%3F.tf#L4" },
  { path: "a\\..\\b\n", address: "a%5C..%5Cb%0A#L4" },
  { path: "half \ud800", address: "half%20%EF%BF%BD#L4" },
])("a path cannot get out of its address: $path", ({ path, address }) => {
  expect(pages().ruleFile(path, 4)).toBe(`https://github.com/acme/shop/blob/${RULES_SHA}/${address}`);
});

test.each(["../../evil", "a/./b", "a//b", "..", ""])(
  "no link to where a browser would go instead: %j",
  (path) => {
    expect(pages().ruleFile(path, 4)).toBeNull();
  },
);

test("no link to rules that were read from more than one commit", () => {
  const { rulesSha: _, ...judged } = JUDGED;
  expect(pagesOf(judged).ruleFile("CODEOWNERS", 4)).toBeNull();
});

test.each([
  { login: "olga", address: "https://github.com/olga" },
  { login: "olga_acme", address: "https://github.com/olga_acme" },
  { login: "dependabot[bot]", address: "https://github.com/apps/dependabot" },
  { login: "x](https://evil.example)", address: null },
  { login: "../logout", address: null },
  { login: "a\u202Eb", address: null },
])("the page of $login", ({ login, address }) => {
  expect(pages().account(login)).toBe(address);
});

test("teams, reviews, commits and the documentation have their pages", () => {
  const found = pages(ENTERPRISE);
  expect(found.team("acme", "sre")).toBe("https://git.example.com/orgs/acme/teams/sre");
  expect(found.team("acme", "../x")).toBeNull();
  expect(found.review(5)).toBe("https://git.example.com/acme/shop/pull/7#pullrequestreview-5");
  expect(found.commit(HEAD)).toBe(`https://git.example.com/acme/shop/commit/${HEAD}`);
  expect(found.doc("check.md#titles")).toBe("https://docs.example/v1/check.md#titles");
});
