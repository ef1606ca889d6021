import { describe, expect, test } from "@jest/globals";
import { parseCodeowners } from "../../src/ownership/parse.ts";
import { ask } from "./reading.ts";

/** Whether it can be said who owns a path, by a line behind one for everything. */
function told(line: string, path: string): string {
  return ask(`* @all\n${line}\n`, path);
}

const SPACES = "\f\v\u0085\u00a0\u1680\u2003\u2009\u2028\u202f\u205f\u3000\u2800\u3164";
const UNSEEN = "\0\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u202e\u2060\u2066\ufeff\u{e0041}";

describe("white space that is no blank, and what nobody sees", () => {
  const code = (character: string) => `U+${(character.codePointAt(0) ?? 0).toString(16)}`;
  test.each([...SPACES, ...UNSEEN].map((character) => ({ name: code(character), character })))(
    "$name fails closed wherever it stands",
    ({ character }) => {
      for (const line of [
        `/infra/${character}@sre`,
        `/infra/${character} @sre`,
        `${character}/infra/ @sre`,
        `/in${character}fra/ @sre`,
        `/infra/ ${character}@sre`,
        `/infra/ @sre${character}`,
        `/infra/ @sre${character}@ben`,
        `/infra/${character}# ours`,
      ]) {
        expect([line, told(line, "infra/x")]).toEqual([line, "2: invalid"]);
      }
      expect(told(`/my${character}docs/ @sre`, `my${character}docs/x`)).toBe("2: invalid");
    },
  );

  test.each([
    { line: "/infr\u0430/ @sre", path: "infra/x", says: "2: invalid", why: "a letter of another script" },
    {
      line: "/\uff49\uff4e\uff46\uff52\uff41/ @sre",
      path: "infra/x",
      says: "2: invalid",
      why: "wide letters",
    },
    { line: "/cafe\u0301/ @sre", path: "caf\u00e9/x", says: "2: invalid", why: "a mark of its own" },
    { line: "/infr\u0430/ @sre", path: "web/x", says: "1: @all", why: "another path than it looks like" },
    {
      line: "/\u0434\u043e\u043a/ @sre",
      path: "\u0434\u043e\u043a/x",
      says: "2: @sre",
      why: "a word of one script",
    },
    { line: "/caf\u00e9/ @sre", path: "caf\u00e9/x", says: "2: @sre", why: "a letter with its mark" },
    { line: "/\u0394time/ @sre", path: "\u0394time/x", says: "2: @sre", why: "a letter like no other" },
    { line: "/infra/ @sr\u0435", path: "infra/x", says: "2: invalid", why: "an owner with such a letter" },
    { line: "/my\u00a0docs/ @sre", path: "my docs/x", says: "2: invalid", why: "meant for a blank" },
    { line: "/infra/\u00a0@sre", path: "web/x", says: "1: @all", why: "another path" },
    { line: "/infra/ @sre #\u00a0ours", path: "infra/x", says: "2: @sre", why: "in a comment" },
    { line: "# no\u00a0path", path: "infra/x", says: "1: @all", why: "in a line of comment" },
    { line: "\u00a0# no path", path: "infra/x", says: "1: @all", why: "before a comment" },
    { line: "\u3000\u00a0", path: "infra/x", says: "1: @all", why: "alone" },
    { line: "\t/infra/\t@sre\t", path: "infra/x", says: "2: @sre", why: "tabs are blanks" },
    {
      line: "/\u2764\ufe0f/ @sre",
      path: "\u2764\ufe0f/x",
      says: "2: @sre",
      why: "a sign that chooses emoji",
    },
    { line: "/caf\u00e9/ @sre", path: "caf\u00e9/x", says: "2: @sre", why: "letters" },
  ])("$why: $line", ({ line, path, says }) => {
    expect(told(line, path)).toBe(says);
  });

  test("says which character, and what to write", () => {
    const [ambiguity] = parseCodeowners("/infra/\u00a0@sre").ambiguities;
    expect(ambiguity?.message).toMatch(/U\+00A0 looks like a blank.* write a blank in its place/);
  });
});

describe("a blank in the path that is not escaped", () => {
  test.each([
    { line: "/my docs/ @ada", path: "my docs/x" },
    { line: "/my docs/ @ada", path: "my" },
    { line: "/my docs/", path: "my docs/x" },
    { line: "/my  old docs/ @ada", path: "my  old docs/x" },
    { line: "/my @old docs/ @ada", path: "my @old docs/x" },
    { line: "!/my docs/ @ada", path: "my docs/x" },
    { line: "/app/[my id]/ @ada", path: "app/[my id]/x" },
    { line: '"/my docs/" @ada', path: "my docs/x" },
    { line: "/{my docs,b}/ @ada", path: "my docs/x" },
    { line: "/infra/\\ @sre", path: "infra/x" },
    { line: "/infra\\ @sre", path: "infra/x" },
    { line: "/infra/ /prod/ @sre", path: "prod/x" },
    { line: "/infra/, /prod/ @sre", path: "infra/x" },
    { line: "@sre /infra/", path: "infra/x" },
    { line: "/a/ @b\\n/infra/ @sre", path: "infra/x" },
  ])("$line fails closed for $path", ({ line, path }) => {
    expect(told(line, path)).toBe("2: invalid");
  });

  test.each([
    { line: "/my\\ docs/ @ada", path: "my docs/x", says: "2: @ada" },
    { line: "/my docs/ @ada", path: "other/x", says: "1: @all" },
    { line: "/infra/ @sre /* ours */", path: "README.md", says: "1: @all" },
  ])("$line says of $path: $says", ({ line, path, says }) => {
    expect(told(line, path)).toBe(says);
  });
});

describe("a line that GitHub takes as it stands, and its writer meant otherwise", () => {
  test.each([
    { line: "/{infra,prod}/ @sre", path: "prod/x" },
    { line: "/infra/*.{tf,tfvars} @sre", path: "infra/a.tfvars" },
    { line: "/{a,{infra,c}}/ @sre", path: "infra/x" },
    { line: "/env{1..3}/ @sre", path: "env2/x" },
    { line: "/(infra|prod)/ @sre", path: "infra/x" },
    { line: "/{infra,prod}/", path: "prod/x" },
    { line: `/{infra,${"x,".repeat(40)}y}/ @sre`, path: "infra/x" },
    { line: '"/infra/" @sre', path: "infra/x" },
    { line: "\u201c/infra/\u201d @sre", path: "infra/x" },
    { line: "`/infra/` @sre", path: "infra/x" },
    { line: "/infra/, @sre", path: "infra/x" },
    { line: "/infra/: @sre", path: "infra/x" },
    { line: "/web/,/infra/ @sre", path: "infra/x" },
    { line: "./infra/ @sre", path: "infra/x" },
    { line: "/web/../infra/ @sre", path: "web/infra/x" },
    { line: "//infra// @sre", path: "infra/x" },
    { line: "\\infra\\prod @sre", path: "infra/prod/x" },
    { line: "/infra\\prod/ @sre", path: "infra/prod/x" },
    { line: ">>>>>>> change", path: "infra/x" },
    { line: "# ours\r/infra/ @sre", path: "infra/x" },
  ])("$line fails closed for $path", ({ line, path }) => {
    expect(told(line, path)).toBe("2: invalid");
  });

  test.each([
    { line: "/{infra,prod}/ @sre", path: "{infra,prod}/x", says: "2: @sre" },
    { line: "/{infra,prod}/ @sre", path: "web/x", says: "1: @all" },
    { line: "/{{name}}/ @sre", path: "{{name}}/x", says: "2: @sre" },
    { line: "/{id}/ @sre", path: "{id}/x", says: "2: @sre" },
    { line: "/a,b/ @sre", path: "a,b/x", says: "2: @sre" },
    { line: "/a+b~c@2/ @sre", path: "a+b~c@2/x", says: "2: @sre" },
    { line: "/.github/ @sre", path: ".github/x", says: "2: @sre" },
    { line: "/a...b/ @sre", path: "a...b/x", says: "2: @sre" },
  ])("$line says of $path: $says", ({ line, path, says }) => {
    expect(told(line, path)).toBe(says);
  });
});

test.each([
  "/{a,b}".repeat(8_000),
  "{".repeat(60_000),
  `{${",".repeat(60_000)}`,
  `{${"..".repeat(30_000)}`,
  `(${"|".repeat(60_000)}`,
  `{${"a,".repeat(30_000)}}`,
  "\r".repeat(2_000_000),
  `${"\r".repeat(2_000_000)}x`,
  `${"/{a,b}".repeat(600)}\n`.repeat(400),
  "{a,".repeat(20_000),
  "(a|".repeat(20_000),
  ",/".repeat(30_000),
  "/./".repeat(20_000),
  "\u00a0".repeat(60_000),
  "\\ @".repeat(20_000),
  `/a ${"b ".repeat(30_000)}`,
  `/a ${"/b ".repeat(20_000)}`,
])("a hostile line is read", (line) => {
  expect(parseCodeowners(line).oversize).toBe(false);
});
