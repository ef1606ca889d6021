import { describe, expect, test } from "@jest/globals";
import { createBoundedMatcher, createMatcher } from "../../src/paths/matcher.ts";
import { fc } from "../fast-check.ts";
import { matches, read } from "./reading.ts";
import { referenceLastMatch } from "./reference.ts";

interface Row {
  readonly rule: string;
  readonly pattern: string;
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly why: string;
}

const rows: readonly Row[] = [
  {
    rule: "11",
    pattern: "Docs/README.md",
    yes: ["Docs/README.md"],
    no: ["docs/README.md", "Docs/readme.md"],
    why: "paths are case-sensitive",
  },
  {
    rule: "12a",
    pattern: "foo",
    yes: ["foo", "x/foo", "x/y/foo/z"],
    no: ["foo.txt", "afoo"],
    why: "no slash: at any depth",
  },
  {
    rule: "12a",
    pattern: "apps/",
    yes: ["apps/a", "x/apps/y/z"],
    no: ["apps", "x/apps"],
    why: "only a trailing slash: at any depth",
  },
  {
    rule: "12a",
    pattern: "/foo",
    yes: ["foo", "foo/x"],
    no: ["x/foo"],
    why: "a leading slash anchors",
  },
  {
    rule: "12a",
    pattern: "docs/a",
    yes: ["docs/a", "docs/a/b"],
    no: ["x/docs/a"],
    why: "a slash in the middle anchors",
  },
  {
    rule: "12b",
    pattern: "/build/logs/",
    yes: ["build/logs/a", "build/logs/a/b"],
    no: ["build/logs", "x/build/logs/a"],
    why: "strictly below the directory",
  },
  {
    rule: "12c",
    pattern: "/apps/github",
    yes: ["apps/github", "apps/github/a/b"],
    no: ["apps/github.txt"],
    why: "a file, or all below a directory",
  },
  {
    rule: "12c",
    pattern: "/baz*",
    yes: ["baz", "baz_.txt", "baz/cor/c.txt"],
    no: ["x/baz"],
    why: "a wildcard tail covers directories too",
  },
  {
    rule: "12c",
    pattern: "*.py",
    yes: ["a.py", "x/a.py", "x.py/a"],
    no: ["a.pyc"],
    why: "so does a floating one",
  },
  {
    rule: "12c",
    pattern: "**/logs",
    yes: ["logs", "logs/a", "x/y/logs/a"],
    no: ["blogs/a"],
    why: "and one behind `**/`",
  },
  {
    rule: "12d",
    pattern: "docs/*",
    yes: ["docs/a", "docs/.a"],
    no: ["docs", "docs/a/b", "x/docs/a"],
    why: "a last `/*` reaches one level",
  },
  { rule: "12d", pattern: "/*", yes: ["a", ".a"], no: ["a/b"], why: "files at the root only" },
  { rule: "12d", pattern: "a/*/*", yes: ["a/b/c"], no: ["a/b", "a/b/c/d"], why: "exactly two levels" },
  { rule: "12d", pattern: "*", yes: ["a", "a/b/c", ".a/b"], no: [], why: "floating: everything" },
  {
    rule: "12d",
    pattern: "x/**/*",
    yes: ["x/a", "x/a/b/c"],
    no: ["x", "y/a"],
    why: "everything below x",
  },
  {
    rule: "12d",
    pattern: "/*/",
    yes: ["a/b", "a/b/c"],
    no: ["a"],
    why: "everything below a directory",
  },
  {
    rule: "12e",
    pattern: "**/a/b",
    yes: ["a/b", "x/a/b", "x/y/a/b/c"],
    no: ["a/x/b"],
    why: "leading: zero or more directories",
  },
  {
    rule: "12e",
    pattern: "a/**/b",
    yes: ["a/b", "a/x/b", "a/x/y/b/c"],
    no: ["x/a/b", "a/xb"],
    why: "middle: zero or more directories",
  },
  {
    rule: "12e",
    pattern: "a/**/b/*",
    yes: ["a/b/c", "a/b/b/c", "a/b/c/b/d"],
    no: ["a/b", "a/b/c/d"],
    why: "the first fit of `**` need not be the right one",
  },
  {
    rule: "12e",
    pattern: "a/**",
    yes: ["a/b", "a/b/c"],
    no: ["a", "x/a/b"],
    why: "trailing: at least one segment",
  },
  { rule: "12e", pattern: "/**", yes: ["a", "a/b"], no: [], why: "alone: everything" },
  { rule: "12e", pattern: "a/**/**", yes: ["a/b", "a/b/c"], no: ["a"], why: "twice is once" },
  {
    rule: "12e",
    pattern: "/a**b",
    yes: ["ab", "axb"],
    no: ["a/b", "a/x/b"],
    why: "glued to other characters: a star",
  },
  { rule: "12f", pattern: "/a?b", yes: ["axb"], no: ["ab", "a/b"], why: "`?` is one character, no slash" },
  { rule: "12f", pattern: "/a?b", yes: ["aéb", "a😀b"], no: ["a😀😀b"], why: "a character, not a byte" },
  { rule: "12f", pattern: "/*?", yes: ["😀", "x😀"], no: [], why: "of whatever size" },
  { rule: "12f", pattern: "/a*b", yes: ["ab", "axxb"], no: ["a/b"], why: "`*` crosses no slash" },
  { rule: "12f", pattern: "/*.md", yes: [".md"], no: [], why: "dot files are ordinary" },
  { rule: "12f", pattern: "f\\*o", yes: ["f*o"], no: ["foo"], why: "an escaped star" },
  { rule: "12f", pattern: "f\\?o", yes: ["f?o"], no: ["foo"], why: "an escaped question mark" },
  { rule: "12f", pattern: "my\\ file", yes: ["my file"], no: ["my"], why: "an escaped space" },
  { rule: "12f", pattern: "\\a\\b", yes: ["ab"], no: ["\\a\\b"], why: "an escaped letter is that letter" },
  { rule: "12f", pattern: "a\\\\b", yes: ["a\\b"], no: ["ab"], why: "an escaped backslash" },
  {
    rule: "12g",
    pattern: "/{a,b}(c)|+^$~:@.x",
    yes: ["{a,b}(c)|+^$~:@.x"],
    no: ["a(c)|+^$~:@.x", "{a,b}(c)|+^$~:@_x"],
    why: "no other character is special",
  },
  {
    rule: "12h",
    pattern: "x/**/",
    yes: ["x/a/b", "x/a/b/c"],
    no: ["x", "x/a"],
    why: "as git reads it: below a directory below x",
  },
  { rule: "12", pattern: "a//b", yes: [], no: ["a/b", "a"], why: "no path has an empty segment" },
];

const pairs = rows.flatMap(({ yes, no, ...row }) => [
  ...yes.map((path) => ({ ...row, path, expected: true })),
  ...no.map((path) => ({ ...row, path, expected: false })),
]);

test.each(pairs)("$rule $pattern on $path: $expected ($why)", ({ pattern, path, expected }) => {
  expect(matches(pattern, path)).toBe(expected);
});

test.each(pairs)("$rule $pattern on $path, read as a regular expression: $expected", (pair) => {
  expect(referenceLastMatch([pair.pattern], pair.path)).toBe(pair.expected ? 0 : -1);
});

const name = fc.string({ unit: fc.constantFrom("a", "b", "."), minLength: 1, maxLength: 3 });
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
const part = fc.constantFrom("a", "b", "*", "**", "a*", "?b", "*.a", "*b*", "a.b", "*.a.b");
const pattern = fc
  .tuple(fc.constantFrom("", "/"), fc.array(part, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "/"))
  .map(([start, parts, end]) => `${start}${parts.join("/")}${end}`);

describe("the last match", () => {
  test.each([
    { patterns: ["*", "*.js", "/docs/"], path: "docs/a.js", expected: 2 },
    { patterns: ["/docs/", "*.js", "*"], path: "docs/a.js", expected: 2 },
    { patterns: ["*", "*.js", "/docs/"], path: "a.js", expected: 1 },
    { patterns: ["/a", "/b"], path: "c", expected: -1 },
    { patterns: [], path: "c", expected: -1 },
  ])("of $patterns on $path is $expected", ({ patterns, path, expected }) => {
    expect(createMatcher(patterns.map(read)).lastMatch(path)).toBe(expected);
  });

  const sources = fc.array(pattern, { maxLength: 30 });
  const paths = fc.array(path, { minLength: 1, maxLength: 30 });

  test("is the last of those that match alone, whatever was asked before", () => {
    fc.assert(
      fc.property(sources, paths, (sources, paths) => {
        const matcher = createMatcher(sources.map(read));
        const expected = paths.map((path) => sources.findLastIndex((source) => matches(source, path)));
        expect(paths.map(matcher.lastMatch)).toEqual(expected);
        expect(paths.map(matcher.matches)).toEqual(expected.map((index) => index !== -1));
        expect(paths.toReversed().map(matcher.lastMatch)).toEqual(expected.toReversed());
      }),
      { numRuns: 300 },
    );
  });

  test("is what regular expressions find", () => {
    fc.assert(
      fc.property(sources, paths, (sources, paths) => {
        const matcher = createMatcher(sources.map(read));
        expect(paths.map(matcher.lastMatch)).toEqual(paths.map((path) => referenceLastMatch(sources, path)));
      }),
      { numRuns: 300 },
    );
  });

  test("is the same within a budget, and bit by bit", () => {
    fc.assert(
      fc.property(sources, paths, (sources, paths) => {
        const patterns = sources.map(read);
        const { lastMatch } = createMatcher(patterns);
        const bounded = createBoundedMatcher(patterns, 1_000_000, 30_000_000);
        const patient = createBoundedMatcher(patterns, 1_000_000);
        for (const path of paths) {
          expect(bounded.lastMatch(path)).toBe(lastMatch(path));
          expect(patient.tryMatch(path)).toBe(lastMatch(path));
        }
      }),
    );
  });

  test.each(["/a", "a//b", "a/", "", "/"])("an odd path is no failure: %j", (path) => {
    expect(createMatcher([read("*"), read("/x/")]).lastMatch(path)).toBe(0);
  });
});

test("what matches a directory as `x` matches all below it", () => {
  fc.assert(
    fc.property(pattern, path, name, (pattern, path, name) => {
      fc.pre(!pattern.endsWith("*") && matches(pattern, path));
      expect(matches(pattern, `${path}/${name}`)).toBe(true);
    }),
  );
});

describe("C13 a hostile pattern", () => {
  const quick = 10_000;
  test.each([
    { why: "stars within a name", pattern: "/*a*a*a*a*b", path: "a".repeat(200), expected: false },
    { why: "fifty stars", pattern: `${"*a".repeat(50)}*b`, path: "a".repeat(200), expected: false },
    {
      why: "thirty double stars",
      pattern: `${"**/a/".repeat(30)}b`,
      path: `${"a/".repeat(60)}c`,
      expected: false,
    },
    { why: "both kinds", pattern: `${"**/*a*/".repeat(30)}b`, path: `${"aa/".repeat(60)}b`, expected: true },
    { why: "dots", pattern: "*.a", path: ".".repeat(255), expected: false },
    { why: "a deep path", pattern: "**/a", path: "b/".repeat(250), expected: false },
  ])("$why: fewer than 10,000 steps", ({ pattern, path, expected }) => {
    expect(createBoundedMatcher([read(pattern)], quick).lastMatch(path)).toBe(expected ? 0 : -1);
  });

  const many = Array.from({ length: 1_000 }, (_, index) => read(`*a*${index}*b`));
  const name = `a${"0123456789".repeat(5)}`;

  test("fails closed when a path costs more than its budget", () => {
    expect(createBoundedMatcher(many, 10_000).lastMatch(name)).toBe("over-budget");
    expect(createBoundedMatcher(many, 1_000_000).lastMatch(name)).toBe(-1);
  });

  test("fails closed within one pattern too", () => {
    const pattern = read(`/*${"a".repeat(500)}b`);
    expect(createBoundedMatcher([pattern], 1_000).lastMatch("a".repeat(4_000))).toBe("over-budget");
  });

  test("every path has its own budget", () => {
    const matcher = createBoundedMatcher([read("*a*b")], 100);
    expect([..."aaaaaa"].map(() => matcher.lastMatch("a".repeat(40)))).toEqual([-1, -1, -1, -1, -1, -1]);
  });

  test("whether a path is within its budget does not depend on the paths before it", () => {
    const path = `${"a/".repeat(8)}${name}`;
    const alone = createBoundedMatcher(many, 80_000);
    const later = createBoundedMatcher(many, 80_000);
    for (let end = 2; end < path.length; end += 2) later.lastMatch(path.slice(0, end + 1));
    expect(later.lastMatch(path)).toBe("over-budget");
    expect(alone.lastMatch(path)).toBe("over-budget");
    expect(alone.lastMatch(name)).toBe(-1);
  });

  test("fails closed when all paths together cost more than their budget, and stays so", () => {
    const matcher = createBoundedMatcher([...many, read("/c")], 1_000_000, 500_000);
    const answers = Array.from({ length: 20 }, (_, index) => matcher.lastMatch(`${name}${index}`));
    expect(answers[0]).toBe(-1);
    expect(answers.at(-1)).toBe("over-budget");
    expect(answers.toSorted()).toEqual(answers);
  });

  test("patterns are sorted bit by bit for who must not be held up", () => {
    const matcher = createBoundedMatcher(
      Array.from({ length: 50_000 }, (_, index) => read(`/src/m${index}/`)),
      1_000_000,
    );
    const calls: unknown[] = [];
    while (typeof calls.at(-1) !== "number") calls.push(matcher.tryMatch("src/m7/x"));
    expect(calls).toEqual([...Array.from({ length: 20 }, () => "unfinished"), 7]);
    expect(matcher.tryMatch("src/m8/x")).toBe(8);
  });
});
