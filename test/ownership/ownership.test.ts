import { describe, expect, test } from "@jest/globals";
import { CODEOWNERS_LOCATIONS, createOwnership } from "../../src/ownership/ownership.ts";
import { CODEOWNERS_SIZE_LIMIT, parseCodeowners } from "../../src/ownership/parse.ts";
import { fc } from "../fast-check.ts";
import { ask } from "./reading.ts";

test("1 the first location that exists wins", () => {
  expect(CODEOWNERS_LOCATIONS).toEqual([".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]);
});

test.each([
  { rule: "5", text: "* @a\n/ @b", path: "x", expected: "1: @a", why: "`/` alone matches nothing" },
  { rule: "6", text: "* @a\n*.js @b", path: "x.js", expected: "2: @b", why: "the last line wins" },
  { rule: "6", text: "*.js @b\n* @a", path: "x.js", expected: "2: @a", why: "the last, not the narrowest" },
  { rule: "6", text: "x @a @b", path: "x", expected: "1: @a @b", why: "co-owners share a line" },
  { rule: "7", text: "* @a\n/x", path: "x/y", expected: "2: un-owned", why: "no owners: taken away" },
  { rule: "7", text: "/x @a", path: "y", expected: "unmatched", why: "no line at all is another answer" },
  { rule: "7", text: "", path: "y", expected: "unmatched", why: "an empty file" },
  { rule: "8", text: "* @a\n/x @nobody", path: "x", expected: "2: @nobody", why: "no falling through" },
  { rule: "11", text: "/X @a", path: "x", expected: "unmatched", why: "paths are case-sensitive" },
  { rule: "13", text: "/old @a\n/new @b", path: "new/x", expected: "2: @b", why: "the end of a rename" },
  {
    rule: "13",
    text: "/old @a\n/new @b",
    path: "old/x",
    expected: "1: @a",
    why: "its beginning, asked apart",
  },
  {
    rule: "13",
    text: "/vendor/lib @a",
    path: "vendor/lib",
    expected: "1: @a",
    why: "a submodule or link: its path",
  },
])("$rule $why: $path is $expected", ({ text, path, expected }) => {
  expect(ask(text, path)).toBe(expected);
});

test("an answer shows the pattern as written", () => {
  expect(createOwnership(parseCodeowners("a\\ b @a\nx")).of("a b")).toEqual({
    kind: "owned",
    owners: [{ kind: "user", login: "a" }],
    line: 1,
    pattern: "a\\ b",
  });
});

describe("C11 fails closed when a line that GitHub skips may concern the path", () => {
  test.each([
    { text: "* @a\n!x @b", path: "x", why: "the pattern without its `!`" },
    { text: "* @a\na/[id]/c @b", path: "a/[id]/c", why: "brackets as themselves" },
    { text: "* @a\na/[id]/c @b", path: "a/i/c", why: "brackets as a set" },
    { text: "* @a\na/[id] @b", path: "a/[id]/c", why: "brackets that name a directory" },
    { text: "* @a\nceval*.[ch] @b", path: "ceval_x.c", why: "a set behind a wildcard" },
    { text: "* @a\na[b @b", path: "a[b", why: "one bracket" },
    { text: "* @a\nx/[a/b] @b", path: "x/a", why: "a set that holds a slash" },
    { text: "* @a\n\\#x @b", path: "#x", why: "an escaped hash" },
    { text: "* @a\n***/x @b", path: "y/x", why: "three stars" },
    { text: "* @a\nx/\\", path: "x/y/z", why: "a backslash at the end" },
    { text: "* @a\n/[a]/**/ @b", path: "a/x", why: "several ambiguous lines at once" },
    { text: "* @a\n/x @b nobody", path: "x", why: "an owner that is none, beside one that is" },
    { text: "* @a\n/x # y\n/x @b#c", path: "x", why: "a comment glued to an owner", line: 3 },
  ])("$why: $path", ({ text, path, line = 2 }) => {
    expect(ask(text, path)).toBe(`${line}: invalid`);
    expect(createOwnership(parseCodeowners(text)).of(path)).toMatchObject({
      message: parseCodeowners(text).errors.at(-1)?.message,
    });
  });

  test.each([
    { text: "!x @b\n* @a", path: "x", expected: "2: @a", why: "a later line decides" },
    { text: "* @a\na/[id]/c @b", path: "a/c", expected: "1: @a", why: "no reading reaches the path" },
    {
      text: "* @a\n!x @b",
      path: "y",
      expected: "1: @a",
      why: "the pattern is about other paths without its `!`",
    },
    { text: "* @a\n\\#x @b", path: "y", expected: "1: @a", why: "the name with a hash is another" },
    { text: "* @a\n***/*.rb @b", path: "y", expected: "1: @a", why: "the stars do not reach it" },
    { text: "* @a\n/x nobody", path: "y", expected: "1: @a", why: "the line is about other paths" },
    { text: "/x nobody\n/x @a", path: "x", expected: "2: @a", why: "the line is overruled" },
  ])("but not where $why", ({ text, path, expected }) => {
    expect(ask(text, path)).toBe(expected);
  });

  test("no path has a known owner under a file that is too large", () => {
    const text = `* @a\n#${"x".repeat(CODEOWNERS_SIZE_LIMIT)}`;
    expect(ask(text, "any/path")).toBe("1: invalid");
  });
});

describe("fails closed when GitHub does not say how it reads a valid line", () => {
  test.each([
    { rule: "3", text: "* @a\nc#d @b", path: "c#d", expected: "2: invalid", why: "`#` as itself" },
    { rule: "3", text: "* @a\nc#d @b", path: "c/x", expected: "2: invalid", why: "`#` as a comment" },
    { rule: "3", text: "* @a\nc#d @b", path: "x", expected: "1: @a", why: "neither" },
    { rule: "3", text: "* @a\nc?d @b", path: "c#d", expected: "2: @b", why: "fixed as advised" },
    { rule: "3", text: "\uFEFF* @a", path: "x", expected: "1: invalid", why: "a byte order mark" },
    { rule: "3", text: "\uFEFF* @a\n/x @b", path: "x", expected: "2: @b", why: "behind its line" },
    { rule: "3", text: "\uFEFF# x\n* @a", path: "x", expected: "2: @a", why: "before a comment" },
    {
      rule: "12h",
      text: "* @a\n/x/**/ @b",
      path: "x/y",
      expected: "2: invalid",
      why: "a file directly there",
    },
    { rule: "12h", text: "* @a\n/x/**/ @b", path: "x/y/z", expected: "2: @b", why: "a file further below" },
    { rule: "12h", text: "* @a\n**/ @b", path: "x", expected: "2: invalid", why: "a file at the root" },
  ])("$rule $why: $path is $expected", ({ text, path, expected }) => {
    expect(ask(text, path)).toBe(expected);
    expect(parseCodeowners(text).errors).toEqual([]);
  });
});

test("C13 fails closed when the file costs too much", () => {
  const text = Array.from({ length: 100_000 }, (_, index) => `*a*${index}*b @x`).join("\n");
  expect(ask(text, "a".repeat(100))).toBe("1: invalid");
});

test("C13 a hundred thousand ordinary rules are within the budget", () => {
  const text = Array.from({ length: 100_000 }, (_, index) => `/src/m${index}/ @a`).join("\n");
  expect(ask(text, "src/m7/x.ts")).toBe("8: @a");
});

const line = fc.constantFrom("* @a", "/a/ @b", "*.b @c", "/a/*", "a b", "[a] @d", "/b/**/ @e", "# x", "");
const path = fc.constantFrom("a", "b", "a/a", "a/b", "b/a", "b/a.b", "a/b/c.b", "c");

test("a path is decided by the last line that decides it alone", () => {
  fc.assert(
    fc.property(fc.array(line), path, (lines, path) => {
      const alone = lines.map((each, index) => ask("\n".repeat(index) + each, path));
      const expected = alone.findLast((answer) => answer !== "unmatched") ?? "unmatched";
      expect(ask(lines.join("\n"), path)).toBe(expected);
    }),
  );
});
