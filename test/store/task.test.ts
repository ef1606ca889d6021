import { expect, test } from "@jest/globals";
import type { Task } from "../../src/store/task.ts";
import { mergeTasks } from "../../src/store/task.ts";

const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const head: Task = { kind: "head", headSha: "a".repeat(40), pulls: [], ...at };
const group = { base: "main", baseSha: "b".repeat(40) };

const sweep = { kind: "repository", ...at } as const;
const routine = { ...sweep, routine: true } as const;
const withRules = { ...sweep, rules: true } as const;

test.each<{ why: string; older: Task; newer: Task; merged: Task }>([
  { why: "a routine sweep and one after a change", older: routine, newer: sweep, merged: sweep },
  { why: "a sweep after a change and a routine one", older: sweep, newer: routine, merged: sweep },
  {
    why: "a sweep and one that looks at the rules",
    older: { ...withRules, routine: true },
    newer: sweep,
    merged: withRules,
  },
  {
    why: "a sweep that looks at the rules and a routine one",
    older: withRules,
    newer: routine,
    merged: withRules,
  },
  { why: "two routine sweeps", older: routine, newer: routine, merged: routine },
])("$why as one look at all that either asks for", ({ older, newer, merged }) => {
  expect(mergeTasks(older, newer)).toEqual(merged);
});

const asker = (account: number) => ({ account, login: `user-${account}`, bot: false });
const byTwo = { ...head, askedBy: [asker(1), asker(2)] };

test.each([
  { why: "of all who asked", older: byTwo, newer: { ...head, askedBy: [asker(3), asker(1)] }, by: [1, 2, 3] },
  { why: "of nobody in particular, as it is in part", older: byTwo, newer: head, by: undefined },
  { why: "of nobody in particular, as it was in part", older: head, newer: byTwo, by: undefined },
  {
    why: "of the last twenty",
    older: { ...head, askedBy: Array.from({ length: 20 }, (_, account) => asker(account)) },
    newer: { ...head, askedBy: [asker(99)] },
    by: [...Array.from({ length: 19 }, (_, index) => index + 1), 99],
  },
])("two requests for one head are the work $why", ({ older, newer, by }) => {
  const merged = mergeTasks(older, newer);
  expect(merged.kind === "head" && merged.askedBy?.map(({ account }) => account)).toEqual(by);
});

test.each([
  { why: "a re-run of a merge group's commit", older: { ...head, group }, newer: head },
  { why: "a merge group whose commit was re-run before", older: head, newer: { ...head, group } },
])("$why is still the group's", ({ older, newer }) => {
  expect(mergeTasks(older, newer)).toEqual({ ...head, group });
});
