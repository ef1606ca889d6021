import { afterAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createMatcher } from "../../src/paths/matcher.ts";
import { openGitOracle } from "./git-oracle.ts";
import { read } from "./reading.ts";

const git = openGitOracle();
afterAll(() => git.remove());

const names = ["a", "b", "ab", "aab", "ba", ".a", "a.b", "a*", "{a}"] as const;
const paths = fc.uniqueArray(
  fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/")),
  { minLength: 12, maxLength: 16 },
);

const literal = fc.constantFrom("a", "b", "ab", ".a", "{a}", "a\\*", "\\a");
const glob = fc.constantFrom("a*", "*b", "a?", "?", "*a*", "a**b", "*.b", "**b");
const part = fc.oneof(literal, literal, glob, fc.constantFrom("*", "**"));
const lead = fc.constantFrom("", "/", "**/");
const head = fc.array(part, { maxLength: 3 }).map((parts) => parts.map((each) => `${each}/`).join(""));

/** Where git and GitHub agree: no lone star behind a slash at the end, and no `**` before a last slash. */
const shared = fc.oneof(
  fc
    .tuple(lead, head, fc.oneof(literal, glob), fc.constantFrom("", "/"))
    .map(([start, middle, last, slash]) => `${start}${middle}${last}${slash}`),
  fc.tuple(lead, head).map(([start, middle]) => `${start}${middle}**`),
  fc.constantFrom("*", "**", "/**", "*/", "/*/", "a/**/*"),
);

const loneStarTail = fc
  .tuple(lead, head, literal)
  .map(([start, middle, last]) => `${start}${middle}${last}/*`);

function matched(pattern: string, paths: readonly string[]): readonly string[] {
  const matcher = createMatcher([read(pattern)]);
  return paths.filter((path) => matcher.matches(path));
}

test("12 a pattern matches what git ignores", () => {
  fc.assert(
    fc.property(shared, paths, (pattern, paths) => {
      expect(matched(pattern, paths)).toEqual(git.ignored(pattern, paths));
    }),
    { numRuns: 60 },
  );
});

test("12d a last `/*` matches what git gives an attribute", () => {
  fc.assert(
    fc.property(loneStarTail, paths, (pattern, paths) => {
      expect(matched(pattern, paths)).toEqual(git.attributed(pattern, paths));
    }),
    { numRuns: 20 },
  );
});
