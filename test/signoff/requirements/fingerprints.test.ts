import { expect, test } from "@jest/globals";
import { difference, fingerprints } from "../../../src/signoff/requirements/fingerprints.ts";
import type { ChangedFile } from "../../../src/signoff/snapshot.ts";
import { file } from "../build.ts";

const known = file("infra/main.tf");
const markOf = (given: ChangedFile) => fingerprints([given]).get("infra/main.tf");

test.each<{ why: string; change: Partial<ChangedFile>; side: string }>([
  { why: "its content", change: { contentId: "new" }, side: "head" },
  { why: "its mode", change: { mode: "100755" }, side: "head" },
  { why: "that it is removed", change: { status: "removed", contentId: null }, side: "head" },
  { why: "where it was moved from", change: { status: "renamed", previousPath: "infra/x.tf" }, side: "base" },
  { why: "that the base does not have it", change: { base: null }, side: "base" },
])("the mark of a file changes with $why", ({ change, side }) => {
  expect(difference(markOf(known), markOf({ ...known, ...change }))).toBe(side);
});

test.each<{ why: string; change: Partial<ChangedFile> }>([
  { why: "its lines are counted otherwise", change: { additions: 9 } },
  { why: "GitHub calls the change by another name", change: { status: "changed" } },
])("and stays when $why", ({ change }) => {
  expect(difference(markOf(known), markOf({ ...known, ...change }))).toBeNull();
});

test("a file of which a side is not known has a mark that equals nothing, not even itself", () => {
  const unknown = { ...known, contentId: null };
  expect(difference(markOf(unknown), markOf(unknown))).toBe("unknown");
  expect(markOf({ ...unknown, status: "removed" })).not.toBe(markOf(unknown));
});
