import { expect, test } from "@jest/globals";
import { ORDER_OF_WORK } from "../../src/store/order.ts";
import type { Priority, Task } from "../../src/store/task.ts";
import { mergeTasks, urgencyOf } from "../../src/store/task.ts";

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

const pushed: Task = { ...head, pushed: true };

test.each<{ why: string; older: Task; newer: Task; merged: Task }>([
  { why: "two pushes are one", older: pushed, newer: pushed, merged: pushed },
  { why: "somebody waits who asks after a push", older: pushed, newer: head, merged: head },
  { why: "somebody waits who asked before a push", older: head, newer: pushed, merged: head },
])("$why", ({ older, newer, merged }) => {
  expect(mergeTasks(older, newer)).toEqual(merged);
});

const AWAITED = ORDER_OF_WORK.awaited.urgency;
const PUSHED = ORDER_OF_WORK.pushed.urgency;

test.each<{ why: string; task: Task; priority: Priority; urgency: number }>([
  { why: "what people did", task: head, priority: "direct", urgency: AWAITED },
  { why: "a push", task: pushed, priority: "direct", urgency: PUSHED },
  { why: "a re-run", task: { ...pushed, republish: true }, priority: "direct", urgency: AWAITED },
  { why: "a sweep", task: pushed, priority: "sweep", urgency: ORDER_OF_WORK.swept.urgency },
  {
    why: "a look at the rules",
    task: { kind: "protection", ...at },
    priority: "direct",
    urgency: ORDER_OF_WORK.swept.urgency,
  },
])("how urgent $why is", ({ task, priority, urgency }) => {
  expect(urgencyOf(task, priority)).toBe(urgency);
});

const watch = (branches: string, given: object = {}): Task => ({
  ...{ kind: "watch", ...at, ...given },
  moved: [...branches].map((branch) => ({ branch, to: branch })),
});
const hundred = Array.from({ length: 100 }, (_, place) => String.fromCharCode(0x4e00 + place)).join("");

test.each<{ why: string; older: Task; newer: Task; merged: Task }>([
  {
    why: "of the moves that either tells of, each once",
    older: watch("ab"),
    newer: watch("bc"),
    merged: watch("abc"),
  },
  {
    why: "of all, as the older one was",
    older: watch("a", { all: true }),
    newer: watch("b"),
    merged: watch("ab", { all: true }),
  },
  {
    why: "of all, as the newer one is",
    older: watch("a"),
    newer: watch("b", { all: true }),
    merged: watch("ab", { all: true }),
  },
  {
    why: "with the rules, as the older one was",
    older: watch("", { rules: true }),
    newer: watch("a"),
    merged: watch("a", { rules: true }),
  },
  {
    why: "under the newest name",
    older: watch("a", { repo: "shop-1" }),
    newer: watch("a"),
    merged: watch("a"),
  },
  {
    why: "of a hundred moves one by one",
    older: watch(hundred.slice(1)),
    newer: watch(hundred[0] ?? ""),
    merged: watch(`${hundred.slice(1)}${hundred[0]}`),
  },
  {
    why: "of all, where there are more",
    older: watch(`${hundred}`),
    newer: watch("a"),
    merged: watch(`${hundred.slice(1)}a`, { all: true }),
  },
])("two looks at what moved are one: $why", ({ older, newer, merged }) => {
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
