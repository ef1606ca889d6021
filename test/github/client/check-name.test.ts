import { describe, expect, test } from "@jest/globals";
import { isPatternCheck, patternCheckNames } from "../../../src/github/client/check-name.ts";
import { DEFAULT_BRANCH } from "../../../src/policy/branch.ts";
import { fc } from "../../fast-check.ts";

const nameOf = (pattern: string, others: readonly string[] = []) =>
  patternCheckNames([pattern, ...others]).get(pattern);
const DIGEST = / [0-9a-f]{12}\)$/;

describe("the name of a pattern's own check", () => {
  test.each([
    { pattern: "main", name: "countersign (main)" },
    { pattern: "release/*", name: "countersign (release/*)" },
    { pattern: "**", name: "countersign (**)" },
    { pattern: "a(b)", name: "countersign (a(b))" },
    { pattern: DEFAULT_BRANCH, name: "countersign (default branch)" },
    { pattern: "x".repeat(86), name: `countersign (${"x".repeat(86)})` },
  ])("$name", ({ pattern, name }) => {
    expect(nameOf(pattern)).toBe(name);
  });

  test.each([
    { why: "one character too long", pattern: "x".repeat(87), begins: `countersign (${"x".repeat(73)} ` },
    { why: "as long as can be", pattern: "x".repeat(255), begins: `countersign (${"x".repeat(73)} ` },
    { why: "other letters", pattern: "veröffentlicht/*", begins: "countersign (ver?ffentlicht/* " },
    { why: "a picture", pattern: "🚀/*", begins: "countersign (?/* " },
    { why: "a blank that is not ASCII", pattern: "a\u00a0b", begins: "countersign (a?b " },
    { why: "turns the direction of writing", pattern: "a\u202eb", begins: "countersign (a?b " },
  ])("has a digest where it is or has $why", ({ pattern, begins }) => {
    expect(nameOf(pattern)?.startsWith(begins)).toBe(true);
    expect(nameOf(pattern)).toMatch(DIGEST);
  });

  test("has a digest where another differs from it in case alone, and both have", () => {
    const names = [...patternCheckNames(["main", "Main", "next"]).values()];
    expect(names[0]).toMatch(DIGEST);
    expect(names[1]).toMatch(DIGEST);
    expect(names[2]).toBe("countersign (next)");
  });

  test("is the same whether the pattern stands once or twice", () => {
    expect(nameOf("main", ["main"])).toBe("countersign (main)");
  });

  test("tells every two patterns apart, in any case, within 100 ASCII characters", () => {
    const pattern = fc.oneof(
      fc.string({ unit: fc.constantFrom("a", "A", "ä", "*", "/", "(", ")", "?", "🚀"), minLength: 1 }),
      fc.string({ unit: fc.constantFrom("a", "A"), minLength: 80, maxLength: 255 }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(pattern, { maxLength: 8 }), (patterns) => {
        const names = [...patternCheckNames(patterns).values()];
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(patterns.length);
        for (const name of names) expect(name).toMatch(/^countersign \([\x20-\x7e]{1,86}\)$/);
        expect(names.every(isPatternCheck)).toBe(true);
      }),
    );
  });

  test("is never that of the check for all", () => {
    expect(isPatternCheck("countersign")).toBe(false);
  });
});
