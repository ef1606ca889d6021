import { describe, expect, test } from "@jest/globals";
import { createMatcher } from "../../src/paths/matcher.ts";
import { type Pattern, parsePattern } from "../../src/paths/pattern.ts";
import { folderOf, markOf, marksOf } from "../../src/production/path-marks.ts";
import { fc } from "../fast-check.ts";

function read(source: string): Pattern {
  const parsed = parsePattern(source);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.pattern;
}

/** The marks of a path and of all the folders it is in. */
function allMarksOf(path: string): readonly string[] {
  return path === "" ? marksOf("") : [...allMarksOf(folderOf(path)), ...marksOf(path)];
}

describe("a pattern tells in advance", () => {
  test.each([
    { source: "/infra/", without: "docs/infra.md", says: "its first folder" },
    { source: "/services/billing/", without: "services/cart/a.ts", says: "its first two folders" },
    { source: "AGENTS.md", without: "docs/CLAUDE.md", says: "a name" },
    { source: "**/deploy/*.yml", without: "src/prod.yml", says: "a name below any folder" },
    { source: "*.tf", without: "src/a.ts", says: "an extension" },
    { source: ".windsurf*", without: "a/.claude.md", says: "how a name begins" },
    { source: "**/*-prod.yml", without: "src/a.tf", says: "the extension behind a wildcard" },
  ])("$says, in $source", ({ source, without }) => {
    expect(allMarksOf(without)).not.toContain(markOf(read(source)));
  });

  test.each(["*", "**", "/*/a", "**/*", "a?*", "**/*_test"])("nothing, in %s", (source) => {
    expect(allMarksOf("any/path.ts")).toContain(markOf(read(source)));
  });
});

test("every path that a pattern matches has the pattern's mark", () => {
  const part = fc.constantFrom(
    "a",
    "b",
    "**",
    "*",
    "*.tf",
    "?.tf",
    "a.b.tf",
    ".x",
    "a*",
    "*.",
    "*a.b",
    "a.b*",
    "a.b?",
  );
  const name = fc.constantFrom("a", "b", "a.tf", "b.tf", "a.b.tf", ".x", "ab", "x.", "a.b", "a.b.");
  const source = fc
    .tuple(fc.constantFrom("", "/"), fc.array(part, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "/"))
    .map(([begin, parts, end]) => `${begin}${parts.join("/")}${end}`);
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));

  fc.assert(
    fc.property(source, path, (source, path) => {
      const pattern = read(source);
      if (createMatcher([pattern]).matches(path)) expect(allMarksOf(path)).toContain(markOf(pattern));
    }),
    { numRuns: 3000 },
  );
});
