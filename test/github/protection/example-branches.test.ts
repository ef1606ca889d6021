import { matchesGlob } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { exampleOfBoth, examplesOf } from "../../../src/github/protection/example-branches.ts";
import { governs } from "../../../src/policy/governs.ts";

describe("a name that a pattern of the config and one of GitHub's both stand for", () => {
  test.each([
    ["release/*", "release/v*"],
    ["release/*", "release/legacy"],
    ["release/*", "release/[v]?"],
    ["release/*", "release/[!v]-x"],
    ["release/*", "*/wip"],
    ["release/*", "**/wip"],
    ["release/*", "**/*-wip"],
    ["release/*-x", "release/y-*"],
    ["*/*", "a*/*b"],
    ["hotfix/**", "hotfix"],
    ["hotfix/**", "**/wip"],
    ["hotfix/**", "hotfix/*/*/deep"],
    ["**/stable", "v?/**"],
    ["**", "**"],
    ["*", "*"],
  ])("%s and %s", (own, theirs) => {
    const name = exampleOfBoth(own, theirs);
    expect(name).toMatch(/^[\w-]+(\/[\w.-]+)*$/);
    expect(governs({ branches: [own] }, { ref: name ?? "", defaultBranch: "main" })).toBe(true);
    expect(matchesGlob(name ?? "", theirs)).toBe(true);
  });

  test.each([
    ["release/*", "topic/*"],
    ["release/*", "release/*/draft"],
    ["release/*", "release"],
    ["release/*", "wip"],
    ["release/*", "~DEFAULT_BRANCH"],
    ["*-x", "*-y"],
    ["**/stable", "**/wip"],
  ])("none for %s and %s", (own, theirs) => {
    expect(exampleOfBoth(own, theirs)).toBeNull();
  });

  test("patterns that could each be read in very many ways take no time", () => {
    const many = "*a".repeat(100);
    expect(exampleOfBoth(`${many}b`, `${many}c`)).toBeNull();
    const folders = "**/a/".repeat(50);
    expect(exampleOfBoth(`${folders}b`, `${folders}c`)).toBeNull();
  });
});

test.each([
  ["release/*", ["release/_countersign-doctor_"]],
  ["**", ["_countersign-doctor_", "_countersign-doctor_/_countersign-doctor_"]],
  [
    "hotfix/**",
    ["hotfix/_countersign-doctor_", "hotfix", "hotfix/_countersign-doctor_/_countersign-doctor_"],
  ],
])("names that %s could stand for", (pattern, names) => {
  expect(examplesOf(pattern)).toEqual(names);
});
