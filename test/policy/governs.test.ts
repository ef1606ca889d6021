import { describe, expect, test } from "@jest/globals";
import { DEFAULT_BRANCH, readBranch } from "../../src/policy/branch.ts";
import { governs } from "../../src/policy/governs.ts";

const governed = (branches: readonly string[], ref: string) =>
  governs({ branches }, { ref, defaultBranch: "trunk" });

describe("governs", () => {
  test.each([
    { why: "unset: the default branch", branches: [DEFAULT_BRANCH], ref: "trunk", yes: true },
    { why: "unset: no other", branches: [DEFAULT_BRANCH], ref: "main", yes: false },
    { why: "set: the default branch is not meant by itself", branches: ["main"], ref: "trunk", yes: false },
    { why: "an exact name", branches: ["main"], ref: "main", yes: true },
    { why: "any of several", branches: ["main", "develop"], ref: "develop", yes: true },
    { why: "names tell upper from lower case", branches: ["main"], ref: "Main", yes: false },
    { why: "not a longer name", branches: ["main"], ref: "main2", yes: false },
    { why: "not a name below it", branches: ["main"], ref: "main/x", yes: false },
    { why: "not a name above it", branches: ["main"], ref: "x/main", yes: false },
    { why: "* is one part", branches: ["release/*"], ref: "release/1.2", yes: true },
    { why: "* is not two parts", branches: ["release/*"], ref: "release/a/b", yes: false },
    { why: "* in a part", branches: ["release-*"], ref: "release-1.2", yes: true },
    {
      why: "* at the end of a part does not reach below",
      branches: ["release-*"],
      ref: "release-1/x",
      yes: false,
    },
    { why: "* alone is every name without a slash", branches: ["*"], ref: "trunk", yes: true },
    { why: "* alone is no name with one", branches: ["*"], ref: "a/b", yes: false },
    { why: "** is any number of parts", branches: ["release/**"], ref: "release/a/b", yes: true },
    { why: "** in the middle", branches: ["team/**/stable"], ref: "team/a/b/stable", yes: true },
    { why: "** in the middle may be nothing", branches: ["team/**/stable"], ref: "team/stable", yes: true },
    { why: "** alone is every branch", branches: ["**"], ref: "a/b/c", yes: true },
    { why: "no pattern, no branch", branches: [], ref: "trunk", yes: false },
    { why: "what no branch can be called governs nothing", branches: ["a..b"], ref: "a..b", yes: false },
    { why: "and takes nothing from the others", branches: ["a..b", "main"], ref: "main", yes: true },
    { why: "a dot stands for itself", branches: ["v1.x"], ref: "v1-x", yes: false },
  ])("$why", ({ branches, ref, yes }) => {
    expect(governed(branches, ref)).toBe(yes);
  });
});

test("a policy that cannot be read governs every branch", () => {
  expect(governs(null, { ref: "feature", defaultBranch: "trunk" })).toBe(true);
});

test.each([
  { why: "the default branch, by whatever name", ref: "trunk", yes: true },
  { why: "and those named beside it", ref: "release/1", yes: true },
  { why: "but no other", ref: "main", yes: false },
  { why: "nor a branch named after what stands for it", ref: DEFAULT_BRANCH, yes: false },
])("the default branch beside others: $why", ({ ref, yes }) => {
  expect(governed([DEFAULT_BRANCH, "release/*"], ref)).toBe(yes);
});

describe("readBranch refuses what git would not make a branch", () => {
  test.each([
    "refs/heads/main",
    "a b",
    "a..b",
    "a~1",
    "^a",
    "a:b",
    "a?",
    "a[1]",
    "a\\b",
    "/a",
    "a/",
    "a//b",
    ".a",
    "a/.b",
    "a.lock",
    "a.lock/b",
    "a.",
    "a@{1}",
    "a\u0007",
    "a\u007f",
    "a***",
    DEFAULT_BRANCH,
  ])("%j", (branch) => {
    expect(readBranch(branch)).toBeNull();
  });

  test.each(["main", "release/*", "**", "a@b", "a.b/c-d_e", "größe", "#1", "!important", "a{b}"])(
    "and takes %j",
    (branch) => {
      expect(governed([branch], branch.replaceAll("*", "x"))).toBe(true);
    },
  );
});
