import { afterAll, expect, test } from "@jest/globals";
import { fc } from "../fast-check.ts";
import { openGitOracle } from "../paths/git-oracle.ts";
import { ask } from "./reading.ts";

const git = openGitOracle();
afterAll(() => git.remove());

const part = fc.constantFrom(
  "a",
  "[a]",
  "[ab]b",
  "a[!b]",
  "[a-b]*",
  "**",
  "*",
  "?[b]",
  "\\[a\\]",
  "[a",
  "b]",
);
const pattern = fc
  .tuple(fc.constantFrom("", "/"), fc.array(part, { minLength: 1, maxLength: 3 }), fc.constantFrom("", "/"))
  .map(([start, parts, end]) => `${start}${parts.join("/")}${end}`)
  .filter((source) => /(?<!\\)[[\]]/.test(source) && !source.endsWith("/*"));

const name = fc.constantFrom("a", "b", "ab", "aa", "bb", "[a]", "[ab]b", "[a", "b]", "a[!b]");
const paths = fc.uniqueArray(
  fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/")),
  { minLength: 12, maxLength: 16 },
);

test("fails closed on every path that brackets reach as git reads them, or as themselves", () => {
  fc.assert(
    fc.property(pattern, paths, (pattern, paths) => {
      const escaped = pattern.replace(/\\?[[\]]/g, (found) => (found.length > 1 ? found : `\\${found}`));
      const reached = new Set([...git.ignored(pattern, paths), ...git.ignored(escaped, paths)]);
      const ambiguous = paths.filter((path) => ask(`${pattern} @a`, path) === "1: invalid");
      expect([...reached].filter((path) => !ambiguous.includes(path))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
