import { afterAll, expect, test } from "@jest/globals";
import { createMatcher } from "../../src/paths/matcher.ts";
import { fc } from "../fast-check.ts";
import { openGitOracle } from "./git-oracle.ts";
import { read } from "./reading.ts";

const git = openGitOracle();
afterAll(() => git.remove());

/** Pairs of a pattern and a path to compare; for a long run, `COUNTERSIGN_ORACLE_PAIRS=2000000 npm test -- test/paths/git`. */
const PAIRS = Number(process.env.COUNTERSIGN_ORACLE_PAIRS ?? 100_000);
const LONG_RUN_MS = PAIRS;

const names = [
  ...["a", "b", "ab", "aab", "abab", "ba", "bb", "A", ".a", "..."],
  ...["a.b", "a.b.a", "b.a", "a*", "*", "?", "{a}", "a b", "a\\b", "!a", "#a", "é", "a-b_c"],
];
const path = fc
  .array(fc.constantFrom(...names), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join("/"));
const PATHS = 260;
const paths = fc.uniqueArray(path, { minLength: PATHS, maxLength: PATHS });

const literal = fc.constantFrom(
  "a",
  "b",
  "ab",
  "A",
  ".a",
  "{a}",
  "a\\*",
  "\\a",
  "a\\ b",
  "a\\\\b",
  "é",
  "\\?",
);
const glob = fc.constantFrom(
  "a*",
  "*b",
  "a?",
  "?",
  "*a*",
  "a**b",
  "*.b",
  "**b",
  "*.b.a",
  "?*",
  "*b*a*",
  ".*",
);
const scrawl = fc.string({ unit: fc.constantFrom(..."ab.*?"), minLength: 1, maxLength: 6 });
const name = fc.oneof(literal, glob, scrawl).filter((each) => !/^\*+$|\*{3}/.test(each));
/** Git cuts a literal beginning off, so that `**` glued behind it stands at the beginning and crosses slashes. */
const step = fc.oneof(name, name, name, fc.constantFrom("*", "**")).filter((each) => !/[^*]\*\*$/.test(each));
const lead = fc.constantFrom("", "/", "**/");
const head = fc.array(step, { maxLength: 3 }).map((parts) => parts.map((each) => `${each}/`).join(""));

/** Where git and GitHub agree: no lone star behind a slash at the end, and no `**` before a last slash. */
const shared = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(lead, head, name, fc.constantFrom("", "/")).map((parts) => parts.join("")),
  },
  { weight: 2, arbitrary: fc.tuple(lead, head).map((parts) => `${parts.join("")}**`) },
  { weight: 2, arbitrary: fc.tuple(lead, head).map((parts) => `${parts.join("")}**/*`) },
  { weight: 1, arbitrary: fc.constantFrom("*", "**", "/**", "*/", "/*/", "**/*/", "a/*/") },
);

const loneStarTail = fc.tuple(lead, head, step).map((parts) => `${parts.join("")}/*`);

/** To git `?` is a byte, to others a character. */
function readAlike(pattern: string, paths: readonly string[]): readonly string[] {
  return pattern.includes("?") ? paths.filter((path) => !path.includes("é")) : paths;
}

function matched(pattern: string, paths: readonly string[]): readonly string[] {
  const matcher = createMatcher([read(pattern)]);
  return paths.filter((path) => matcher.matches(path));
}

test(
  `12 patterns match what git ignores, over ${PAIRS} pairs`,
  () => {
    let compared = 0;
    fc.assert(
      fc.property(shared, paths, (pattern, all) => {
        const paths = readAlike(pattern, all);
        compared += paths.length;
        expect(matched(pattern, paths)).toEqual(git.ignored(pattern, paths));
      }),
      // Some paths are left out.
      { numRuns: Math.ceil((1.2 * PAIRS) / PATHS) },
    );
    expect(compared).toBeGreaterThanOrEqual(PAIRS);
  },
  LONG_RUN_MS,
);

test(
  "12d a last `/*` matches what git gives an attribute",
  () => {
    fc.assert(
      fc.property(loneStarTail, paths, (pattern, all) => {
        const paths = readAlike(pattern, all);
        expect(matched(pattern, paths)).toEqual(git.attributed(pattern, paths));
      }),
      { numRuns: Math.ceil(PAIRS / PATHS / 8) },
    );
  },
  LONG_RUN_MS,
);
