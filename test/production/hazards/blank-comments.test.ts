import { expect, test } from "@jest/globals";
import { blankComments } from "../../../src/production/hazards/reading/blank-comments.ts";
import { threadTime } from "../../thread-time.ts";

test.each([
  ["a.ts", "a(); // b", "a();     "],
  ["a.ts", "/* a\n b */ c", "    \n      c"],
  ["a.ts", "a('//', \"/*\", `//`) // b", "a('//', \"/*\", `//`)     "],
  ["a.ts", "a('\\'//') // b", "a('\\'//')     "],
  ["a.ts", "a /* b", "a     "],
  ["a.ts", "a ' // b\nc", "a       \nc"],
  ["a.ts", "`a\n// b` // c", "`a\n// b`     "],
  ["a.py", "a = '#' # b", "a = '#'    "],
  ["a.py", '"""a\nb"""\nc', "    \n    \nc"],
  ["a.yml", "a: it's # b", "a: it      "],
  ["a.sql", "a '--' -- b", "a '--'     "],
  ["a.jsonc", '{"a": "//"} // b', '{"a": "//"}     '],
  ["a.jsonc", '{"a": "b // c', '{"a": "b // c'],
])("of %s, %j becomes %j", (path, text, expected) => {
  expect(blankComments(text, path)).toBe(expected);
});

test.each(["a.ts", "a.py", "a.yml", "a.sql", "a.json"])("quotes that never end stay cheap: %s", (path) => {
  const spent = threadTime(() => {
    for (const quote of ['\\"', "\\'", "\\`", "'\n", "/*", '"""'])
      expect(blankComments(quote.repeat(300_000), path)).toHaveLength(300_000 * quote.length);
  });
  expect(spent).toBeLessThan(2_500);
});
