import { expect, test } from "@jest/globals";
import type { Task } from "../../src/store/store.ts";
import { mergeTasks } from "../../src/store/task.ts";

const at = { installationId: 7, owner: "acme", repo: "shop" };
const head: Task = { kind: "head", headSha: "a".repeat(40), pulls: [], ...at };
const group = { base: "main", baseSha: "b".repeat(40) };

test.each([
  { why: "a re-run of a merge group's commit", older: { ...head, group }, newer: head },
  { why: "a merge group whose commit was re-run before", older: head, newer: { ...head, group } },
])("$why is still the group's", ({ older, newer }) => {
  expect(mergeTasks(older, newer)).toEqual({ ...head, group });
});
