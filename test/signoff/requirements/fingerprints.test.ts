import { describe, expect, test } from "@jest/globals";
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

describe("a file that came from another path", () => {
  const moved: ChangedFile = {
    ...known,
    path: "infra/b.tf",
    previousPath: "infra/main.tf",
    status: "renamed",
  };
  const copied: ChangedFile = { ...moved, status: "copied" };
  const marks = (given: ChangedFile) => fingerprints([given]);

  test("marks both paths, and a copy otherwise than a move", () => {
    expect([...marks(moved).keys()]).toEqual(["infra/b.tf", "infra/main.tf"]);
    expect(difference(markOf(moved), markOf(copied))).toBe("head");
    expect(difference(marks(moved).get("infra/b.tf"), marks(copied).get("infra/b.tf"))).toBeNull();
    const further = { ...moved, path: "infra/c.tf" };
    expect(difference(markOf(moved), markOf(further))).toBe("head");
  });

  test("has marks whose form stays, because approvals are remembered by them", () => {
    const base = "blob 100644 former content of infra/main.tf";
    const at = (given: ChangedFile) =>
      Object.fromEntries([...marks(given)].map(([path, mark]) => [path, JSON.parse(mark)]));
    const there = { base: `${base} of infra/main.tf`, head: "blob 100644 content of infra/main.tf" };
    expect(at(moved)).toEqual({
      "infra/b.tf": there,
      "infra/main.tf": { base, head: "moved to infra/b.tf" },
    });
    expect(at(copied)).toEqual({
      "infra/b.tf": there,
      "infra/main.tf": { base, head: "copied to infra/b.tf" },
    });
  });

  test("has no known mark at either path where its base is not known", () => {
    const { base: _, ...unknown } = moved;
    for (const path of ["infra/b.tf", "infra/main.tf"])
      expect(difference(marks(moved).get(path), marks(unknown).get(path))).toBe("unknown");
  });

  test("beside another change of its former path has one mark of both there", () => {
    const added: ChangedFile = { ...known, status: "added", base: null };
    const both = [moved, added] as const;
    const mark = fingerprints(both).get("infra/main.tf");
    expect(difference(mark, fingerprints(both.toReversed()).get("infra/main.tf"))).toBeNull();
    expect(difference(mark, markOf(moved))).toBe("head");
    expect(difference(mark, markOf(added))).toBe("head");
    expect(JSON.parse(mark ?? "")).toEqual({
      base: "blob 100644 former content of infra/main.tf and nothing",
      head: "blob 100644 content of infra/main.tf and moved to infra/b.tf",
    });
  });
});

test.each([
  {
    why: "another kind",
    base: { kind: "commit", mode: "100644", contentId: "former content of infra/main.tf" },
  },
  {
    why: "another mode",
    base: { kind: "blob", mode: "100755", contentId: "former content of infra/main.tf" },
  },
  { why: "another content", base: { kind: "blob", mode: "100644", contentId: "x" } },
] as const)("a base of $why is another one", ({ base }) => {
  expect(difference(markOf(known), markOf({ ...known, base }))).toBe("base");
});

test("a submodule is no file of the same id", () => {
  expect(difference(markOf(known), markOf({ ...known, mode: "160000" }))).toBe("head");
});

test.each([
  { why: "is no mark of both sides", before: "1234567" },
  { why: "has no base", before: '{"head":"blob 100644 a"}' },
  { why: "has no head", before: '{"base":"blob 100644 a"}' },
  { why: "has a base that is no text", before: '{"base":1,"head":"a"}' },
])("what an earlier version recorded, which $why, is not taken for either", ({ before }) => {
  expect(difference(before, markOf(known))).toBe("not-recorded");
});
