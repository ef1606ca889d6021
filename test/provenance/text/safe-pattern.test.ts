import { describe, expect, test } from "@jest/globals";
import { patternProblem } from "../../../src/provenance/text/safe-pattern.ts";

describe("patternProblem", () => {
  test.each([
    "",
    "^claude/",
    "^q-dev-issue-\\d{1,9}-\\d{9,11}$",
    "^generated (?:with|by) \\[?codex\\]?$",
    "[a-z*+]{1,5}",
    "^\\(\\*\\+$",
    "x-model",
  ])("accepts %p", (source) => {
    expect(patternProblem(source)).toBeNull();
  });

  test.each([
    { source: "(", says: "not a valid regular expression", why: "it does not compile" },
    { source: ".*x", says: "unbounded", why: "quadratic from every place" },
    { source: "^(a+)+$", says: "unbounded", why: "exponential" },
    { source: "a{2,}", says: "unbounded", why: "a + in other words" },
    { source: "^(a{1,9}){1,9}$", says: "repeated group", why: "nested repetition" },
    { source: "(?:a|b){3}", says: "repeated group", why: "a group repeated" },
    { source: "(a|a)*", says: "unbounded", why: "exponential" },
    { source: "a{1,1000}", says: "more than 256", why: "a long repetition" },
    { source: "^\\w{1,99}\\w{1,99}\\w{1,99}$", says: "too many", why: "three neighbours that overlap" },
    { source: `${"a?".repeat(30)}b`, says: "too many", why: "two ways, thirty times" },
    { source: "^a{1,99}b{1,99}|c", says: "too many", why: "only one half is anchored" },
    { source: "(?=a)", says: "look-around", why: "look-ahead" },
    { source: "(?<=a)b", says: "look-around", why: "look-behind" },
    { source: "(a)\\1", says: "back-references", why: "a back-reference" },
  ])("refuses $source: $why", ({ source, says }) => {
    expect(patternProblem(source)).toContain(says);
  });
});
