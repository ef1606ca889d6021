import { expect, test } from "@jest/globals";
import { reasonFor } from "../../src/watch/allowed.ts";
import type { Mover } from "../../src/watch/moves.ts";
import { watchRulesOf } from "../../src/watch/rules.ts";
import { isWatched } from "../../src/watch/watched-branches.ts";

test.each<{ why: string; branches: readonly string[]; branch: string; watched: boolean }>([
  { why: "the default branch", branches: ["~DEFAULT_BRANCH"], branch: "main", watched: true },
  { why: "another one", branches: ["~DEFAULT_BRANCH"], branch: "work", watched: false },
  { why: "one by name", branches: ["develop"], branch: "develop", watched: true },
  { why: "one by a pattern", branches: ["release/*"], branch: "release/1", watched: true },
  { why: "a deeper one", branches: ["release/*"], branch: "release/1/2", watched: false },
  { why: "people's own, where everything is governed", branches: ["**"], branch: "work", watched: false },
  { why: "the default one, where everything is", branches: ["**"], branch: "main", watched: true },
  {
    why: "the default one, where all of one level is",
    branches: ["*", "dev"],
    branch: "main",
    watched: true,
  },
  { why: "one by name beside everything", branches: ["*", "dev"], branch: "dev", watched: true },
  { why: "a queue's own", branches: ["gh-**"], branch: "gh-readonly-queue/main/pr-1-a", watched: false },
])("whether the moves of a branch are judged: $why", ({ branches, branch, watched }) => {
  expect(isWatched({ branches, defaultBranch: "main" }, branch)).toBe(watched);
});

const RENOVATE: Mover = { id: 5, login: "Renovate[bot]", type: "Bot" };

test.each<{ why: string; by: Mover | null; known: { login: string; id: number }[]; reason: string | null }>([
  { why: "a listed account, in any case", by: RENOVATE, known: [], reason: "Lock files." },
  { why: "nobody is named", by: null, known: [], reason: null },
  { why: "another account", by: { ...RENOVATE, login: "wes" }, known: [], reason: null },
  {
    why: "the same account as before",
    by: RENOVATE,
    known: [{ login: "renovate[bot]", id: 5 }],
    reason: "Lock files.",
  },
  {
    why: "another account with its login",
    by: { ...RENOVATE, id: 6 },
    known: [{ login: "renovate[bot]", id: 5 }],
    reason: null,
  },
  {
    why: "the account under another login",
    by: { ...RENOVATE, login: "renewed" },
    known: [{ login: "renovate[bot]", id: 5 }],
    reason: "Lock files.",
  },
])("who may pass the check by: $why", ({ by, known, reason }) => {
  const allowed = [{ account: "renovate[bot]", reason: "Lock files." }];
  expect(reasonFor(by, allowed, known)).toBe(reason);
});

test("a config that cannot be read governs what the one before did, and allows nobody anything", () => {
  const allowed = [{ account: "renovate[bot]", reason: "Lock files." }];
  const branches = ["main", "release/*"];
  const notify = ["platform"];
  const before = watchRulesOf({ branches, bypass: { allowed, followUp: "issue" }, notify }, "main", null);
  expect(before).toEqual({ branches, defaultBranch: "main", allowed, followUp: "issue", notify });
  expect(watchRulesOf(null, "trunk", before)).toEqual({ ...before, defaultBranch: "trunk", allowed: [] });
  expect(watchRulesOf(null, "main", null)).toMatchObject({ branches: ["~DEFAULT_BRANCH"], allowed: [] });
});
