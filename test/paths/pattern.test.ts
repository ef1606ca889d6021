import { describe, expect, test } from "@jest/globals";
import { parsePattern } from "../../src/paths/pattern.ts";
import { fc } from "../fast-check.ts";
import { matches } from "./reading.ts";

describe("a pattern that GitHub does not accept", () => {
  test.each([
    { rule: "4", pattern: "!x", column: 1, suggestion: undefined, why: "nothing can be negated" },
    { rule: "4", pattern: "a[b", column: 2, suggestion: "a\\[b", why: "an open bracket" },
    { rule: "4", pattern: "a]", column: 2, suggestion: "a\\]", why: "a closing bracket" },
    { rule: "4", pattern: "x/[id]/y", column: 3, suggestion: "x/\\[id\\]/y", why: "a route in brackets" },
    { rule: "4", pattern: "\\[a]", column: 4, suggestion: "\\[a\\]", why: "one of two brackets escaped" },
    {
      rule: "4",
      pattern: "\\\\[a\\]",
      column: 3,
      suggestion: "\\\\\\[a\\]",
      why: "the backslash is escaped",
    },
    { rule: "4", pattern: "\\#x", column: 1, suggestion: "?x", why: "an escaped hash at the beginning" },
    { rule: "3", pattern: "#x", column: 1, suggestion: "?x", why: "a comment" },
    { rule: "4", pattern: "***/*.rb", column: 1, suggestion: "**/*.rb", why: "GitHub's own example" },
    { rule: "4", pattern: "a/****", column: 3, suggestion: "a/**", why: "even more stars" },
    { rule: "5", pattern: "/", column: 1, suggestion: "*", why: "matches nothing" },
    { rule: "12f", pattern: "a\\", column: 2, suggestion: "a", why: "the backslash escapes nothing" },
    { rule: "-", pattern: "", column: 1, suggestion: undefined, why: "nothing was written" },
  ])("$rule $pattern: $why", ({ pattern, column, suggestion }) => {
    const parsed = parsePattern(pattern);
    expect(parsed).toMatchObject({ ok: false, column, message: expect.stringMatching(/\.$/) });
    expect("suggestion" in parsed ? parsed.suggestion : undefined).toBe(suggestion);
  });
});

test.each([
  ["/!a", "!a", "only a leading `!` negates"],
  ["\\!a", "!a", "escaped, it is a character"],
  ["\\[a\\]", "[a]", "escaped brackets are characters"],
  ["\\***", "*a", "the first star is escaped"],
  ["a#b", "a#b", "a hash within a name"],
])("%s is valid and matches %s: %s", (pattern, path) => {
  expect(matches(pattern, path)).toBe(true);
});

test("a suggestion is a valid pattern", () => {
  const alphabet = fc.constantFrom("a", "/", "*", "[", "]", "\\", "#", "!", "?");
  fc.assert(
    fc.property(fc.string({ unit: alphabet }), (source) => {
      const { message, suggestion } = { message: "", suggestion: undefined, ...parsePattern(source) };
      fc.pre(suggestion !== undefined && !source.endsWith("\\"));
      const again = parsePattern(suggestion ?? "");
      // A pattern may have several defects; each suggestion mends one kind of them.
      expect(again.ok || again.message !== message).toBe(true);
    }),
  );
});

test("never throws", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (source) => {
      expect(typeof parsePattern(source).ok).toBe("boolean");
    }),
  );
});
