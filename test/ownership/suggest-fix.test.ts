import { expect, test } from "@jest/globals";
import { showOwner } from "../../src/ownership/owner.ts";
import { parseCodeowners } from "../../src/ownership/parse.ts";
import type { CodeownersError } from "../../src/ownership/rule.ts";
import { suggestFix } from "../../src/ownership/suggest-fix.ts";
import { fc } from "../fast-check.ts";

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
  { line: "* @@a", replacement: "* @a", why: "an `@` too many" },
  { line: "* @a, @b", replacement: "* @a @b", why: "a comma behind an owner" },
  { line: "* @a,@b;c@d.ef", replacement: "* @a @b c@d.ef", why: "owners with nothing but commas between" },
  { line: "* @o/p/c", replacement: "* @o/c", why: "a team is named without its parents" },
  { line: "* @a#lead", replacement: "* @a #lead", why: "a comment glued to an owner" },
  { line: "* @a @dependabot[bot] @b", replacement: "* @a @b", why: "what owns nothing, beside owners" },
  { line: "* docs@ @b", replacement: "* @b", why: "half an address, beside an owner" },
  { line: "* @a, docs@ @@c", replacement: "* @a @c", why: "all of them at once" },
  { line: "/a/ @ ada @ben", replacement: "/a/ @ada @ben", why: "a blank behind `@`" },
  { line: "/a/ @o / t @ben", replacement: "/a/ @o/t @ben", why: "blanks around the slash of a team" },
  {
    line: "/a/ @ada @ben@cleo @o/t@dee",
    replacement: "/a/ @ada @ben @cleo @o/t @dee",
    why: "no blank between",
  },
  { line: "/a/ <ada@b.cd> (@ben)", replacement: "/a/ ada@b.cd @ben", why: "owners in brackets" },
  { line: "/a/ \uff20ada", replacement: "/a/ @ada", why: "a full-width `@`" },
  { line: "/a/ @ada\u200b", replacement: "/a/ @ada", why: "a character that nobody sees" },
  { line: "/a/ @ada\u00a0@ben", replacement: "/a/ @ada @ben", why: "a no-break space between owners" },
  {
    line: "/a/ @ada\u3000# ours",
    replacement: "/a/ @ada # ours",
    why: "an ideographic space before a comment",
  },
  { line: "/a/ @ada // ours", replacement: "/a/ @ada # ours", why: "a comment of another language" },
  {
    line: "/a/ @ada //ours, all of it",
    replacement: "/a/ @ada # ours, all of it",
    why: "one without a blank",
  },
  { line: "/a/ @ada /* ours */", replacement: "/a/ @ada # ours", why: "one that ends" },
  { line: "/a/ @ada -- ours", replacement: "/a/ @ada # ours", why: "one of SQL" },
  { line: "/app/[my id]/ @ada", replacement: "/app/\\[my\\ id\\]/ @ada", why: "blanks and brackets" },
])("$why: $line becomes $replacement", ({ line, replacement }) => {
  const fix = suggestFix(firstError(`x @x\n${line}\n`));
  expect(fix).toEqual({ replacement, suggestion: expect.stringMatching(/^(Write|To except) .*\.$/) });
  expect(parseCodeowners(replacement).errors).toEqual([]);
});

test.each([
  { line: "/my docs/ @ada", replacement: "/my\\ docs/ @ada" },
  { line: "/my  old docs/ @ada @ben", replacement: "/my\\ \\ old\\ docs/ @ada @ben" },
  { line: "/a b/*.md ada@b.cd", replacement: "/a\\ b/*.md ada@b.cd" },
])("a path with a blank: $line may be $replacement", ({ line, replacement }) => {
  const suggestion = `If the path has a blank in it, write \`${replacement}\`.`;
  expect(suggestFix(firstError(line))).toEqual({ replacement, suggestion });
  expect(parseCodeowners(replacement).errors).toEqual([]);
});

test.each([
  "* a",
  "* o/t @b",
  "/infra/ @sre ours",
  "/infra/ @sre owned by the platform",
  "/infra/ @sre (ours)",
  "/infra/ // ours",
  "/infra/ docs @b",
  "/my docs/",
])("nobody is named who is not named already: %s", (line) => {
  const { suggestion, replacement } = suggestFix(firstError(line));
  expect(suggestion).toMatch(/^Put `@` before the name of an owner, `#` before a comment/);
  expect(replacement).toBeUndefined();
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

test("a replacement names only owners that stand in the line", () => {
  const word = fc.constantFrom(
    "@ada",
    "@o/t",
    "a@b.cd",
    "x",
    "docs@",
    "//",
    "@",
    "@@b",
    "@a,@c",
    "ours",
    "#",
    "/",
    "t",
  );
  const source = fc.array(word, { maxLength: 6 }).map((words) => ["/a/", ...words].join(" "));
  fc.assert(
    fc.property(source, (source) => {
      const plain = source.replaceAll(" ", "");
      for (const error of parseCodeowners(source).errors) {
        const { rules } = parseCodeowners(suggestFix(error).replacement ?? "");
        const named = rules.flatMap(({ owners }) => owners.map(showOwner));
        expect(named.filter((owner) => !plain.includes(owner))).toEqual([]);
      }
    }),
  );
});

test("a replacement is a valid line", () => {
  const line = fc.string({ unit: fc.constantFrom(..."ab/*?[]\\!# \t@.,;-(\u00a0\u200b") });
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
