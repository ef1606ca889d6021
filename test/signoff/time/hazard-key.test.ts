import { describe, expect, test } from "@jest/globals";
import type { ChangedFile } from "../../../src/signoff/snapshot.ts";
import { filesByName, HAZARD_CLOCK, hazardClockKey } from "../../../src/signoff/time/hazard-key.ts";
import type { JudgedHazard } from "../../../src/signoff/verdict.ts";

const HAZARD: JudgedHazard = {
  ...{ id: "terraform/resource-removed", kind: "destructive", asks: "block", by: "diff" },
  ...{ file: "infra/main.tf", line: 2, side: "before", what: "removes it", why: "it is gone" },
  ...{ shownAt: 2, status: { kind: "asks" } },
};

const file = (more: Partial<ChangedFile> = {}): ChangedFile => ({
  ...{
    path: "infra/main.tf",
    status: "modified",
    contentId: "after",
    base: { contentId: "before", kind: "blob", mode: "100644" },
  },
  ...{ additions: 0, deletions: 0, ...more },
});

/** A diff with so many lines that came and went. */
const diff = (...lines: readonly string[]): Partial<ChangedFile> => ({
  patch: lines.join("\n"),
  additions: lines.filter((line) => line.startsWith("+")).length,
  deletions: lines.filter((line) => line.startsWith("-")).length,
});

const TWO_PARTS = ["@@ -1,3 +1,2 @@", " a", "-b", " c", "@@ -20,2 +19,3 @@", " x", "+y", " z"];

/** Of which the second part lies at another line after than before. */
const SHIFTED = (removed: string) =>
  file(
    diff(
      ...["@@ -1,12 +1,2 @@", " a", ...Array.from({ length: 10 }, () => `-${removed}`), " c"],
      ...["@@ -40,2 +30,3 @@", " x", "+y", " z"],
    ),
  );

const keyOf = (hazard: Partial<JudgedHazard>, ...files: readonly ChangedFile[]) =>
  hazardClockKey({ ...HAZARD, ...hazard }, filesByName(files));

/** Two changes, and whether the clock of the hazard goes on from one to the other. */
interface Row {
  readonly why: string;
  readonly before: readonly ChangedFile[];
  readonly after: readonly ChangedFile[];
  readonly hazard?: Partial<JudgedHazard>;
  /** How the hazard is told of the second. */
  readonly told?: Partial<JudgedHazard>;
  readonly goesOn: boolean;
}

const whole = file(diff(...TWO_PARTS));

const ROWS: readonly Row[] = [
  { why: "nothing changed", before: [whole], after: [whole], goesOn: true },
  {
    why: "what stands around it changed, and what came and went did not",
    before: [whole],
    after: [file(diff("@@ -1,3 +1,2 @@", " A", "-b", " C", ...TWO_PARTS.slice(4)))],
    goesOn: true,
  },
  {
    why: "it moved down with a rebase",
    before: [whole],
    after: [file(diff("@@ -11,3 +11,2 @@", " a", "-b", " c", "@@ -30,2 +29,3 @@", " x", "+y", " z"))],
    told: { line: 12 },
    goesOn: true,
  },
  {
    why: "something came in another part of the diff",
    before: [whole],
    after: [file(diff(...TWO_PARTS.slice(0, 4), "@@ -20,2 +19,3 @@", " x", "+Y", " z"))],
    goesOn: true,
  },
  {
    why: "something else goes in its part",
    before: [whole],
    after: [file(diff("@@ -1,3 +1,2 @@", " a", "-B", " c", ...TWO_PARTS.slice(4)))],
    goesOn: false,
  },
  {
    why: "something came in its part",
    before: [whole],
    after: [file(diff("@@ -1,3 +1,3 @@", " a", "-b", "+B", " c", "@@ -20,2 +20,3 @@", " x", "+y", " z"))],
    goesOn: false,
  },
  {
    why: "the same text comes instead of going",
    before: [file(diff("@@ -1,2 +1,1 @@", " a", "-b"))],
    after: [file(diff("@@ -1,1 +1,2 @@", " a", "+b"))],
    goesOn: false,
  },
  {
    why: "it is told of the other side, in the other part",
    before: [whole],
    after: [whole],
    told: { side: "after", line: 20 },
    goesOn: false,
  },
  ...(
    [
      ["what went", "before", 40],
      ["the last line before", "before", 41],
      ["what came", "after", 30],
      ["the last line after", "after", 32],
    ] as const
  ).map(
    ([what, side, line]): Row => ({
      ...{ why: `it is told of ${what}, and another part changed`, hazard: { side, line } },
      ...{ before: [SHIFTED("b")], after: [SHIFTED("B")], goesOn: true },
    }),
  ),
  ...(
    [
      ["before its part", "before", 39],
      ["behind its part", "before", 42],
      ["before what came", "after", 29],
      ["behind what came", "after", 33],
    ] as const
  ).map(
    ([what, side, line]): Row => ({
      ...{ why: `it is told of a line ${what}, and another part changed`, hazard: { side, line } },
      ...{ before: [SHIFTED("b")], after: [SHIFTED("B")], goesOn: false },
    }),
  ),
  {
    why: "it lies in the last line of its part",
    before: [whole],
    after: [file(diff(...TWO_PARTS.slice(0, 4), "@@ -20,2 +19,3 @@", " x", "+Y", " z"))],
    hazard: { line: 3 },
    goesOn: true,
  },
  {
    why: "it lies in no part, and anything changed",
    before: [whole],
    after: [file(diff(...TWO_PARTS.slice(0, 4), "@@ -20,2 +19,3 @@", " x", "+Y", " z"))],
    hazard: { line: 10 },
    goesOn: false,
  },
  {
    why: "it lies before all parts, and anything changed",
    before: [file(diff("@@ -5,2 +5,3 @@", " x", "+y", " z"))],
    after: [file(diff("@@ -5,2 +5,3 @@", " x", "+Y", " z"))],
    hazard: { line: 4 },
    goesOn: false,
  },
  {
    why: "a whole file comes, which has no lines before",
    before: [file(diff("@@ -0,0 +1,2 @@", "+a", "+b"))],
    after: [file(diff("@@ -0,0 +1,2 @@", "+a", "+c"))],
    hazard: { line: 0 },
    goesOn: false,
  },
  { why: "there is no diff, and the content is the same", before: [file()], after: [file()], goesOn: true },
  {
    why: "there is no diff, and the content is another",
    before: [file()],
    after: [file({ contentId: "other" })],
    goesOn: false,
  },
  {
    why: "the diff is not whole, and the content is another",
    before: [file({ patch: "@@ -1,3 +1,2 @@", deletions: 1 })],
    after: [file({ patch: "@@ -1,3 +1,2 @@", deletions: 1, contentId: "other" })],
    goesOn: false,
  },
  { why: "its file is not among those changed", before: [], after: [file({ path: "b" })], goesOn: true },
  {
    why: "it is removed, and the content is known by neither",
    before: [file({ status: "removed", contentId: null })],
    after: [],
    goesOn: true,
  },
  {
    why: "its file was renamed, and it is told under the old name",
    before: [whole],
    after: [{ ...whole, path: "infra/b.tf", previousPath: "infra/main.tf", status: "renamed" }],
    goesOn: true,
  },
  {
    why: "a new file took the old name of one that was renamed: it is the new one",
    before: [file({ contentId: "new" })],
    after: [
      file({ contentId: "new" }),
      file({ path: "infra/b.tf", previousPath: "infra/main.tf", status: "renamed", contentId: "moved" }),
    ],
    goesOn: true,
  },
  ...(["id", "file", "what", "why"] as const).map(
    (field): Row => ({
      ...{
        why: `its ${field} is another`,
        before: [],
        after: [],
        told: { [field]: "another" },
        goesOn: false,
      },
    }),
  ),
];

const MANY = { id: "files/many-removed" };
const removed = (path: string, contentId = path): ChangedFile =>
  file({ path, status: "removed", contentId: null, base: { contentId, kind: "blob", mode: "100644" } });
const renamed = (from: string, to: string): ChangedFile =>
  file({
    path: to,
    previousPath: from,
    status: "renamed",
    base: { contentId: from, kind: "blob", mode: "100644" },
  });

const OF_MANY: readonly Row[] = [
  {
    why: "the same goes",
    before: [removed("a"), removed("b")],
    after: [removed("b"), removed("a")],
    goesOn: true,
  },
  { why: "more goes", before: [removed("a")], after: [removed("a"), removed("b")], goesOn: false },
  { why: "something else goes", before: [removed("a")], after: [removed("b")], goesOn: false },
  { why: "another content goes", before: [removed("a")], after: [removed("a", "other")], goesOn: false },
  {
    why: "a file is moved away, too",
    before: [removed("a")],
    after: [removed("a"), renamed("b", "c")],
    goesOn: false,
  },
  { why: "a file is moved elsewhere", before: [renamed("b", "c")], after: [renamed("b", "d")], goesOn: true },
  {
    why: "a file is copied",
    before: [removed("a")],
    after: [removed("a"), { ...renamed("b", "c"), status: "copied" }],
    goesOn: true,
  },
  {
    why: "a file comes",
    before: [removed("a")],
    after: [removed("a"), file({ path: "b", status: "added" })],
    goesOn: true,
  },
  { why: "a file changes", before: [removed("a")], after: [removed("a"), file({ path: "b" })], goesOn: true },
  {
    why: "of what goes nobody knows what it held",
    before: [file({ path: "a", status: "removed", contentId: null, base: null })],
    after: [removed("a", "")],
    goesOn: true,
  },
];

describe("The clock of a hazard", () => {
  test.each([...ROWS, ...OF_MANY.map((row) => ({ ...row, why: `of many files: ${row.why}`, hazard: MANY }))])(
    "$why: it goes on is $goesOn",
    ({ before, after, hazard, told, goesOn }) => {
      const [first, second] = [keyOf({ ...hazard }, ...before), keyOf({ ...hazard, ...told }, ...after)];
      expect(first === second).toBe(goesOn);
    },
  );

  test("is known by what kind of clock it is", () => {
    expect(HAZARD_CLOCK).toBe("hazard ");
    expect(keyOf({}).startsWith(HAZARD_CLOCK)).toBe(true);
  });
});
