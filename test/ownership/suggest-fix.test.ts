import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseCodeowners } from "../../src/ownership/parse.ts";
import type { CodeownersError } from "../../src/ownership/rule.ts";
import { suggestFix } from "../../src/ownership/suggest-fix.ts";

function firstError(text: string, known = true): CodeownersError {
  const [error] = parseCodeowners(text, { isKnown: () => known }).errors;
  if (error === undefined) throw new Error(`${text} has no error`);
  return error;
}

test.each([
  { line: "***/*.rb @a", replacement: "**/*.rb @a", why: "GitHub's own example" },
  { line: "  a/[b] @a # c", replacement: "a/\\[b\\] @a # c", why: "brackets, and the rest is kept" },
  { line: "[a]/*** @a", replacement: "\\[a\\]/** @a", why: "two defects at once" },
  { line: "\\#a @a", replacement: "?a @a", why: "a name with a hash" },
  { line: "/ @a", replacement: "* @a", why: "the whole repository" },
  { line: "a\\", replacement: "a", why: "a backslash too many" },
  { line: "!a/b @a", replacement: "a/b", why: "an exception is a line without owners" },
  { line: "!a[b] @a", replacement: "a\\[b\\]", why: "an exception with a defect" },
  { line: "* a", replacement: "* @a", why: "a user without `@`" },
  { line: "* o/t @b", replacement: "* @o/t @b", why: "a team without `@`" },
  { line: "* @@a", replacement: "* @a", why: "an `@` too many" },
  { line: "* @a, @b", replacement: "* @a @b", why: "a comma behind an owner" },
  { line: "* @a,@b;c@d.ef", replacement: "* @a @b c@d.ef", why: "owners with nothing but commas between" },
  { line: "* @o/p/c", replacement: "* @o/c", why: "a team is named without its parents" },
  { line: "* @a#lead", replacement: "* @a #lead", why: "a comment glued to an owner" },
  { line: "* @a @dependabot[bot] @b", replacement: "* @a @b", why: "what owns nothing, beside owners" },
  { line: "* docs@ @b", replacement: "* @b", why: "half an address, beside an owner" },
  { line: "* a docs@ @c", replacement: "* @a @c", why: "all of them at once" },
])("$why: $line becomes $replacement", ({ line, replacement }) => {
  const fix = suggestFix(firstError(`x @x\n${line}\n`));
  expect(fix).toEqual({ replacement, suggestion: expect.stringMatching(/^(Write|To except) .*\.$/) });
  expect(parseCodeowners(replacement).errors).toEqual([]);
});

test.each([
  { line: "!", suggestion: "Leave the line out: GitHub skips it.", why: "nothing to except" },
  { line: "\\", suggestion: "Leave the line out: GitHub skips it.", why: "nothing at all" },
  {
    line: "* docs@",
    suggestion: "Name an owner, or leave the line out: GitHub skips it.",
    why: "the only owner is none",
  },
])("nothing is guessed: $why", ({ line, suggestion }) => {
  expect(suggestFix(firstError(line))).toEqual({ suggestion });
});

test.each([
  { owner: "@a", says: /the user exists and has write access/ },
  { owner: "@o/t", says: /the team exists, is visible and has write access/ },
  { owner: "a@b.cd", says: /Name the user instead/ },
])("an unknown $owner", ({ owner, says }) => {
  expect(suggestFix(firstError(`* ${owner}`, false)).suggestion).toMatch(says);
});

test("a file that is too large", () => {
  expect(suggestFix(firstError(`#${"x".repeat(3_000_000)}`)).suggestion).toMatch(/smaller/);
});

test("a replacement is a valid line", () => {
  const line = fc.string({ unit: fc.constantFrom(..."ab/*?[]\\!# \t@.,;") });
  fc.assert(
    fc.property(line, (line) => {
      for (const error of parseCodeowners(line).errors) {
        const { replacement } = suggestFix(error);
        const again = parseCodeowners(replacement ?? "").errors.map(({ kind }) => kind);
        // Behind an invalid pattern the owners have not been looked at.
        expect(again).not.toContain(error.kind);
      }
    }),
  );
});
