import { describe, expect, test } from "@jest/globals";
import { lineFinder, readPatch, textBefore } from "../../../src/production/hazards/patch.ts";
import { fc } from "../../fast-check.ts";
import { diffText } from "../../github-double/world/patch.ts";

/** Few different lines, so that many repeat; with and without an end. */
const text = fc
  .array(fc.constantFrom("a", "b", "c", "", " ", "-d", "+e", "\\f", "@@ -1 +1 @@", "x\r"), { maxLength: 30 })
  .chain((lines) =>
    fc.boolean().map((ended) => lines.map((line) => `${line}\n`).join("") + (ended ? "" : "end")),
  );

function patchOf(was: string, is: string) {
  const diff = diffText(was, is);
  return { ...diff, patch: readPatch(diff.patch, diff) };
}

describe("the text before a change", () => {
  test("is what it was, for any two texts", () => {
    fc.assert(
      fc.property(text, text, (was, is) => {
        fc.pre(was !== is);
        const { patch } = patchOf(was, is);
        expect(patch === null ? null : textBefore(is, patch)).toBe(was);
      }),
    );
  });

  test("is not made from a diff of another text", () => {
    fc.assert(
      fc.property(text, text, text, (was, is, other) => {
        fc.pre(was !== is);
        const { patch } = patchOf(was, is);
        const made = patch === null ? null : textBefore(other, patch);
        // What is made leads to the other text by the same diff; else nothing is made.
        fc.pre(made !== null);
        const kept = (kind: string) =>
          (patch ?? []).flatMap(({ lines }) => lines.filter((line) => line.kind !== kind));
        for (const { text: line } of kept("+")) expect(made).toContain(line);
        for (const { text: line } of kept("-")) expect(other).toContain(line);
      }),
    );
  });

  test.each([
    ["a line that is there no more", "a\nb\n", "@@ -1,2 +1,2 @@\n a\n-x\n+c"],
    ["lines beyond the end", "a\n", "@@ -5 +5 @@\n-x\n+y"],
    ["a last line with an end that it has not", "a\nb", "@@ -1,2 +1,2 @@\n-x\n+a\n b"],
  ])("is nothing where the diff has %s", (_, after, patch) => {
    const counts = { additions: 1, deletions: 1 };
    const read = readPatch(patch, counts);
    expect(read).not.toBeNull();
    expect(read && textBefore(after, read)).toBeNull();
  });

  test("takes no offence at a byte order mark that one answer leaves out", () => {
    const read = readPatch("@@ -1,2 +1,2 @@\n a\n-b\n+c", { additions: 1, deletions: 1 });
    expect(read && textBefore("\uFEFFa\nc\n", read)).toBe("a\nb\n");
  });
});

describe("a diff is whole or none", () => {
  const WHOLE = "@@ -1,2 +1,2 @@ head\n a\n-b\n+c\n@@ -9 +9 @@\n-x\n+y";
  const counts = { additions: 2, deletions: 2 };

  test("as GitHub gives it, with or without a last end", () => {
    expect(readPatch(WHOLE, counts)).toHaveLength(2);
    expect(readPatch(`${WHOLE}\n`, counts)).toHaveLength(2);
    expect(
      readPatch("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b", { additions: 1, deletions: 1 }),
    ).toHaveLength(1);
  });

  test.each([
    ["cut within a hunk", WHOLE.slice(0, -3), counts],
    ["cut between hunks, which the counts tell", WHOLE.slice(0, WHOLE.indexOf("\n@@ -9")), counts],
    ["longer than its heads say", `${WHOLE}\n+z`, { additions: 3, deletions: 2 }],
    ["with lines of no kind", WHOLE.replace(" a", "a"), counts],
    ["without a head", " a\n-b\n+c", { additions: 1, deletions: 1 }],
    ["of fewer lines than are counted", WHOLE, { additions: 3, deletions: 2 }],
    ["of more lines than are counted", WHOLE, { additions: 2, deletions: 1 }],
    ["empty", "", { additions: 0, deletions: 0 }],
  ])("not %s", (_, patch, changed) => {
    expect(readPatch(patch, changed)).toBeNull();
  });
});

describe("where a line that is gone is shown", () => {
  test("is where it stands now, for every line that stayed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { maxLength: 15 }),
        fc.array(fc.nat(20), { maxLength: 15 }),
        (one, other) => {
          const [was, is] = [one, other].map((lines) => [...new Set(lines)].map((line) => `${line}\n`));
          fc.pre(was?.join("") !== is?.join(""));
          const { patch } = patchOf(was?.join("") ?? "", is?.join("") ?? "");
          const touched = new Set(
            patch?.flatMap(({ lines }) =>
              lines.flatMap(({ kind, text: line }) => (kind === " " ? [] : [line])),
            ),
          );
          for (const [index, line] of was?.entries() ?? [])
            if (!touched.has(line)) expect(is?.[lineFinder(patch ?? [])(index + 1) - 1]).toBe(line);
        },
      ),
    );
  });

  test.each([
    ["is the next that stands", "a\nb\nc\n", "a\nc\n", 2, 2],
    ["is the first where all before it is gone", "a\nb\n", "b\n", 1, 1],
    ["moves with what came above", "a\nb\n", "x\ny\na\n", 2, 4],
  ])("%s", (_, was, is, line, shown) => {
    const { patch } = patchOf(was, is);
    expect(patch && lineFinder(patch)(line)).toBe(shown);
  });
});
