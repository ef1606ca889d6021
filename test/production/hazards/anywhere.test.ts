import { describe, expect, test } from "@jest/globals";
import { anywhereOf } from "../../../src/production/hazards/anywhere.ts";
import { readChange } from "../../../src/production/hazards/reading/change.ts";
import { TOKENS } from "../../../src/production/hazards/rule-sets/secrets/tokens.ts";
import { RULE_SETS } from "../../../src/production/hazards/rule-sets.ts";

const RULES = RULE_SETS.flatMap(({ rules }) => rules);
const PATTERNS = RULES.flatMap(({ id, lines = [] }) => lines.map(({ pattern }) => ({ id, pattern })));
/** Every line of every example. */
const LINES = [
  ...new Set(
    RULES.flatMap(({ reports, ignores }) => [...reports, ...ignores])
      .flatMap(([, ...files]) => files.map((file) => readChange(file).lines))
      .flatMap(({ before, after }) => [...before, ...after].map(({ text }) => text)),
  ),
];

describe("a pattern over many lines misses nothing that it finds in one", () => {
  test.each(PATTERNS)("$id $pattern", ({ pattern }) => {
    const anywhere = anywhereOf(pattern);
    const found = LINES.filter((line) => pattern.test(line));
    for (const line of found) {
      // What stands around it may be whatever the pattern must not be followed by.
      for (const other of ["", "x", ...found.slice(0, 20), ...LINES.slice(0, 20)])
        expect(anywhere?.test(`${other}\n${line}\n${other}`) ?? true).toBe(true);
    }
  });

  test("nearly all patterns can be looked for so", () => {
    const all = [...PATTERNS.map(({ pattern }) => pattern), ...TOKENS.map(([pattern]) => pattern)];
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter((pattern) => anywhereOf(pattern) === null).length).toBeLessThan(all.length / 20);
  });
});

test.each<readonly [RegExp, RegExp | null]>([
  [/^a$/, /^a$/m],
  [/a/gi, /a/im],
  [/a(?!\s*b)c/, /ac/m],
  [/(?<!b(?:c|d))a/, /a/m],
  [/a(?!b(?!c)(d))e(?=f)(?<=g)/, /ae(?=f)(?<=g)/m],
  [/[(?!](a)\(?!/, /[(?!](a)\(?!/m],
  [/[\]](?![\])])b/, /[\]]b/m],
  [/(?:(?!a)b)*/, /(?:b)*/m],
  [/(?<name>a)(?!b)|c/, /(?<name>a)|c/m],
  [/(a)(?!b)\1/, null],
  [/(?<name>a)\k<name>/, null],
  [/(?i:a)/, null],
  [/a/v, null],
])("%s is looked for as %s", (pattern, expected) => {
  expect(anywhereOf(pattern)).toEqual(expected);
});
