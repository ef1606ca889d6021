import { describe, expect, test } from "@jest/globals";
import { type OwnerRef, showOwner } from "../../src/ownership/owner.ts";
import { CODEOWNERS_SIZE_LIMIT, parseCodeowners } from "../../src/ownership/parse.ts";
import { fc } from "../fast-check.ts";

/** The rules of a file as `line:column pattern -> owners`. */
function rules(text: string): readonly string[] {
  return parseCodeowners(text).rules.map(({ line, column, pattern, owners }) =>
    [`${line}:${column}`, pattern.source, "->", ...owners.map(showOwner)].join(" "),
  );
}

test.each([
  { rule: "3", text: "* @a", expected: ["1:1 * -> @a"], why: "a pattern and its owner" },
  { rule: "3", text: "\n \t\n# x\n  # y\n* @a\n", expected: ["5:1 * -> @a"], why: "blanks and comments" },
  { rule: "3", text: "* @a # @b", expected: ["1:1 * -> @a"], why: "an inline comment" },
  { rule: "3", text: "* @a #@b", expected: ["1:1 * -> @a"], why: "an inline comment without a space" },
  { rule: "3", text: "x # none", expected: ["1:1 x ->"], why: "an inline comment in the place of owners" },
  { rule: "3", text: " \tx\t\t@a  @b \t", expected: ["1:3 x -> @a @b"], why: "tabs and spaces all around" },
  { rule: "3", text: "x @a\r\ny @b\r\n", expected: ["1:1 x -> @a", "2:1 y -> @b"], why: "CRLF" },
  { rule: "3", text: "x\r\n", expected: ["1:1 x ->"], why: "CRLF behind a pattern alone" },
  { rule: "7", text: "/x", expected: ["1:1 /x ->"], why: "a pattern without owners" },
  { rule: "9", text: "* @u @o/t a@b.co", expected: ["1:1 * -> @u @o/t a@b.co"], why: "users, teams, mails" },
  { rule: "12f", text: "a\\ b @a", expected: ["1:1 a\\ b -> @a"], why: "an escaped space" },
  { rule: "12f", text: "a\\  @a", expected: ["1:1 a\\  -> @a"], why: "an escaped space at the end" },
  {
    rule: "12f",
    text: "a\\\\ @a",
    expected: ["1:1 a\\\\ -> @a"],
    why: "the backslash is escaped, not the space",
  },
])("$rule $why", ({ text, expected }) => {
  expect(rules(text)).toEqual(expected);
  expect(parseCodeowners(text)).toMatchObject({ errors: [], ambiguities: [], oversize: false });
});

describe("4 an invalid line is reported and skipped, the rest stays in force", () => {
  test.each([
    { line: "***/*.rb @a", column: 1, kind: "Invalid pattern" },
    { line: "  a/[b] @a", column: 5, kind: "Invalid pattern" },
    { line: "!a @a", column: 1, kind: "Invalid pattern" },
    { line: "\\#a @a", column: 1, kind: "Invalid pattern" },
    { line: "/ @a", column: 1, kind: "Invalid pattern" },
    { line: "a\\", column: 2, kind: "Invalid pattern" },
    { line: "[ docs@", column: 1, kind: "Invalid pattern" },
    { line: "*.txt docs@", column: 7, kind: "Invalid owner" },
    { line: "*.txt @a b @c", column: 10, kind: "Invalid owner" },
    { line: "*.txt @a#b", column: 7, kind: "Invalid owner" },
    { line: "*.txt @o/p/c", column: 7, kind: "Invalid owner" },
  ])("$line", ({ line, ...expected }) => {
    const parsed = parseCodeowners(`x @x\r\n${line}\r\ny @y\n`);
    expect(parsed.errors).toEqual([
      { line: 2, source: line, message: expect.stringMatching(/\.$/), ...expected },
    ]);
    expect(parsed.rules.map((rule) => rule.line)).toEqual([1, 3]);
  });

  test("a file with more than 10,000 errors is not read to its end, and nobody owns anything by it", () => {
    const { rules, errors, ambiguities } = parseCodeowners(`* @a\n${"!\n".repeat(20_000)}`);
    expect(rules).toEqual([]);
    expect(errors).toHaveLength(10_001);
    expect(ambiguities).toEqual([
      expect.objectContaining({ pattern: expect.objectContaining({ source: "*" }) }),
    ]);
  });

  test("names the organization of the line's teams", () => {
    const [error] = parseCodeowners("* @acme/sre ops").errors;
    expect(error?.message).toBe("`ops` is no owner; write `@user`, `@acme/team` or an e-mail address.");
  });

  test("each invalid owner of a line is reported", () => {
    expect(parseCodeowners("* a @b c").errors.map(({ column }) => column)).toEqual([3, 8]);
  });
});

describe("8 an unknown owner is reported, and its line stays in force", () => {
  const isKnown = (owner: OwnerRef) => showOwner(owner).toLowerCase() === "@a";

  test.each([
    { line: "* @a", columns: [], why: "a known owner" },
    { line: "* @A", columns: [], why: "11 its name in other letters" },
    { line: "/x @b @a  @o/t", columns: [4, 11], why: "each where it stands" },
    { line: "/x c@d.ef", columns: [4], why: "an address" },
  ])("$why: $line", ({ line, columns }) => {
    const { rules, errors } = parseCodeowners(`${line}\n`, { isKnown });
    expect(errors.map(({ kind, column }) => ({ kind, column }))).toEqual(
      columns.map((column) => ({ kind: "Unknown owner", column })),
    );
    expect(rules.map(({ owners }) => owners.map(showOwner))).toEqual([line.split(/ +/).slice(1)]);
  });

  test("beside an invalid owner both are reported, and the line is skipped", () => {
    const { rules, errors } = parseCodeowners("* @b c", { isKnown });
    expect(errors.map(({ kind }) => kind)).toEqual(["Unknown owner", "Invalid owner"]);
    expect(rules).toEqual([]);
  });
});

test("a line of more than 65,536 characters is not read, and decides that nobody knows", () => {
  const { rules, errors, ambiguities } = parseCodeowners(
    `/x @a\n/y ${"@a ".repeat(30_000)}\n# ${"x".repeat(70_000)}`,
  );
  expect(rules.map(({ line }) => line)).toEqual([1]);
  expect(errors).toEqual([]);
  expect(ambiguities).toEqual([
    expect.objectContaining({ line: 2, message: expect.stringContaining("65536") }),
  ]);
});

describe("2 the size limit", () => {
  const padding = (bytes: number) => `* @a\n#${"x".repeat(bytes - 6)}`;

  test("one byte less is read", () => {
    expect(rules(padding(CODEOWNERS_SIZE_LIMIT - 1))).toEqual(["1:1 * -> @a"]);
  });

  test.each([
    { text: padding(CODEOWNERS_SIZE_LIMIT), why: "at the limit" },
    { text: `#${"é".repeat(CODEOWNERS_SIZE_LIMIT / 2)}`, why: "bytes count, not characters" },
  ])("fails closed when the file is too large: $why", ({ text }) => {
    const parsed = parseCodeowners(text);
    expect(parsed).toMatchObject({ rules: [], oversize: true });
    expect(parsed.errors).toEqual([expect.objectContaining({ kind: "File too large", line: 1 })]);
  });
});

const line = fc.oneof(
  fc.constantFrom("* @a", "/a/ @b # c", "x", "[x] @a", "!x", "y z", "a#b @c", "a/**/ @d", "/", "***\\"),
  fc.string({ unit: fc.constantFrom(..."ab/*?[]\\!# \t@.") }),
);

test("comments and blank lines change nothing but line numbers", () => {
  const noise = fc.constantFrom("", "  ", "\t", "# x", "  # * @z", "\r");
  const shape = (lines: readonly string[]) => {
    const { rules, errors, ambiguities } = parseCodeowners(lines.join("\n"));
    return JSON.stringify({ rules, errors, ambiguities }, (key, value) =>
      key === "line" ? undefined : value,
    );
  };
  fc.assert(
    fc.property(fc.array(fc.tuple(line, noise)), (pairs) => {
      expect(shape(pairs.flat())).toBe(shape(pairs.map(([line]) => line)));
    }),
  );
});

test("a line is a rule, an error or nothing, never two of them", () => {
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const { rules, errors } = parseCodeowners(lines.join("\n"));
      const failed = new Set(errors.map((error) => error.line));
      expect(rules.filter((rule) => failed.has(rule.line))).toEqual([]);
    }),
  );
});

test("never throws", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      expect(parseCodeowners(text).oversize).toBe(false);
    }),
  );
});

test.each([
  { text: "\\".repeat(2_900_000), why: "backslashes" },
  { text: "[".repeat(2_900_000), why: "brackets" },
  { text: "**/".repeat(960_000), why: "double stars" },
  { text: "*a#".repeat(960_000), why: "wildcards and hashes" },
  { text: "!\n".repeat(1_400_000), why: "a million errors" },
])("a file of nothing but $why is read", ({ text }) => {
  expect(parseCodeowners(text).oversize).toBe(false);
});
