import { expect, test } from "@jest/globals";
import type { Task } from "../../src/store/store.ts";
import { mergeTasks } from "../../src/store/task.ts";

const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const head: Task = { kind: "head", headSha: "a".repeat(40), pulls: [], ...at };
const group = { base: "main", baseSha: "b".repeat(40) };

const sweep: Task = { kind: "repository", ...at };
const routine: Task = { ...sweep, routine: true };

test.each([
  { why: "a routine sweep and one after a change", older: routine, newer: sweep, merged: sweep },
  { why: "a sweep after a change and a routine one", older: sweep, newer: routine, merged: sweep },
  { why: "two routine sweeps", older: routine, newer: routine, merged: routine },
])("$why as one look at all that either asks for", ({ older, newer, merged }) => {
  expect(mergeTasks(older, newer)).toEqual(merged);
});

test.each([
  { why: "a re-run of a merge group's commit", older: { ...head, group }, newer: head },
  { why: "a merge group whose commit was re-run before", older: head, newer: { ...head, group } },
])("$why is still the group's", ({ older, newer }) => {
  expect(mergeTasks(older, newer)).toEqual({ ...head, group });
});
