import { describe, expect, test } from "@jest/globals";
import { withoutAlternatives } from "../../../src/policy/file/alternatives.ts";
import { slipIn, slipInPattern } from "../../../src/policy/file/slips.ts";
import { isSlipOf, suggest } from "../../../src/policy/file/suggest.ts";
import { LONGEST_LINE, typingMistake } from "../../../src/policy/file/typing-mistakes.ts";

describe("C18 a text that is valid and yet not what was meant", () => {
  test.each([
    { why: "quotes around it", text: '"main"', says: "has quotes as a part of it", remedy: 'Write "main".' },
    { why: "a blank before it", text: " main", says: "begins or ends with a blank", remedy: 'Write "main".' },
    { why: "a tab behind it", text: "main\t", says: "begins or ends with a blank", remedy: 'Write "main".' },
    {
      why: "a comma behind it",
      text: "main,",
      says: "ends with a comma or semicolon",
      remedy: 'Write "main".',
    },
    {
      why: "semicolons behind it",
      text: "a,b,;",
      says: "ends with a comma or semicolon",
      remedy: 'Write "a,b".',
    },
    { why: "nothing else", text: ",", says: "ends with a comma or semicolon", remedy: "Leave it out." },
    {
      why: "two slips, of which the first is named",
      text: '" main"',
      says: "has quotes as a part of it",
      remedy: 'Write "main".',
    },
  ])("$why", ({ text, says, remedy }) => {
    expect(slipIn(text)).toEqual({ says, remedy });
    expect(slipInPattern(text)).toEqual({ says, remedy });
  });

  test.each(["main", "release/*", "a,b", "a b"])("%s has none", (text) => {
    expect(slipIn(text)).toBeNull();
  });

  test.each([
    { why: "an owner", text: "/infra/ @acme/sre", remedy: 'Write "/infra/".' },
    { why: "several owners", text: "/infra/\t @acme/sre @ada", remedy: 'Write "/infra/".' },
    { why: "an owner after an escaped blank", text: "/infra/\\ @ada", remedy: 'Write "/infra/".' },
  ])("a pattern with $why", ({ text, remedy }) => {
    expect(slipInPattern(text)).toEqual({
      says: "holds an owner, which belongs under from or senior",
      remedy,
    });
  });

  test.each([
    {
      why: "backslashes between folders",
      text: "infra\\é\\main.tf",
      says: "parts folders by a backslash, which stands for nothing",
      remedy: 'Write "infra/é/main.tf".',
    },
    {
      why: "a backslash before a digit",
      text: "a\\2024\\_x\\*",
      says: "parts folders by a backslash, which stands for nothing",
      remedy: 'Write "a/2024/_x\\\\*".',
    },
    {
      why: "a comma between folders",
      text: "/a/,/b/",
      says: "joins several paths by a comma, which is a part of a name here",
      remedy: "Write each path as an entry of its own.",
    },
    {
      why: "a comma and blanks before a folder",
      text: "a,  /b",
      says: "joins several paths by a comma, which is a part of a name here",
      remedy: "Write each path as an entry of its own.",
    },
    {
      why: "slashes in a row",
      text: "/a//b",
      says: "holds two slashes in a row, between which no folder can be",
      remedy: 'Write "/a/b".',
    },
    {
      why: "slashes with dots between them",
      text: "/a//./../b",
      says: "holds two slashes in a row, between which no folder can be",
      remedy: 'Write "/a/b".',
    },
  ])("a pattern with $why", ({ text, says, remedy }) => {
    expect(slipInPattern(text)).toEqual({ says, remedy });
  });

  test.each(["/a b/c", "x,y.tf", "a\\ b", "/a/@types/"])("the pattern %s has none", (text) => {
    expect(slipInPattern(text)).toBeNull();
  });
});

describe("a pattern with alternatives", () => {
  const NONE = "Write a pattern for each.";
  test.each([
    { pattern: "/a/{b,c}/d", says: `${NONE.slice(0, -1)}: "/a/b/d", "/a/c/d".` },
    { pattern: "{a,b,c,d,e,f}", says: `${NONE.slice(0, -1)}: "a", "b", "c", "d", "e", "f".` },
    { pattern: "{a,b,c,d,e,f,g}", says: NONE },
    { pattern: "/a/b", says: null },
  ])("$pattern", ({ pattern, says }) => {
    expect(withoutAlternatives(pattern)).toBe(says);
  });
});

describe("the word that was meant", () => {
  test.each([
    { word: "observ", candidates: ["enforce", "observe"], meant: "observe" },
    { word: "appliesTo", candidates: ["applies-to"], meant: "applies-to" },
    { word: "x".repeat(41), candidates: ["x".repeat(41)], meant: undefined },
    { word: "x".repeat(40), candidates: ["x".repeat(40)], meant: "x".repeat(40) },
    { word: "banana", candidates: ["observe"], meant: undefined },
  ])("$word: $meant", ({ word, candidates, meant }) => {
    expect(suggest(word, candidates)).toBe(meant);
  });

  test.each([
    { word: "deploy", candidate: "deploy", is: false },
    { word: "deplyo", candidate: "deploy", is: true },
    { word: "depl", candidate: "deploy", is: false },
    { word: "deplo", candidate: "deploy", is: true },
    { word: "deplo", candidate: "depl", is: false },
    { word: "toolz", candidate: "tools", is: true },
    { word: `deploy${"x".repeat(60)}`, candidate: `deploy${"x".repeat(34)}`, is: true },
  ])("$word is a slip of $candidate: $is", ({ word, candidate, is }) => {
    expect(isSlipOf(word, candidate)).toBe(is);
  });
});

describe("the typing mistake in a line of YAML", () => {
  test.each([
    { line: "  mode:observe  ", says: 'Put a blank after the colon: "mode: observe".' },
    { line: "  -main ", says: 'Put a blank after the hyphen: "- main".' },
    {
      line: "mode：observe",
      says: "Write a plain colon and a blank after the key; this colon is another character.",
    },
    { line: "mode = observe", says: "Write a colon and a blank after the key, not an equals sign." },
    { line: "- {a,b}/x", says: 'Put it in quotes: "{a,b}/x".' },
    { line: "- [ab]/x, c", says: 'Put it in quotes: "[ab]/x".' },
    { line: "[a{b}c, d]", says: "Put text with brackets or braces in quotes." },
    {
      line: "a: 'it's so'",
      says: "Put the whole text in one pair of quotes, and write an apostrophe within single quotes twice.",
    },
    {
      line: "a: b: c",
      says: "Put the text in quotes, because it holds a colon with a blank behind it.",
    },
    { line: "mode: observe # mode=x", says: null },
    { line: "# mode=x", says: null },
    { line: "#\u00a0a no-break space in a comment", says: null },
    { line: "mode: observe # a no-break\u00a0space in a comment", says: null },
    { line: 'tool: "it" # a comment', says: null },
    {
      line: "tool: it#\u00a0no comment",
      says: "Replace U+00A0 by a plain blank, or leave it out: it looks like a blank or like nothing.",
    },
    { line: `${" ".repeat(LONGEST_LINE)}mode=x`, says: null },
    {
      line: `${" ".repeat(LONGEST_LINE - 5)}mode=x`,
      says: "Write a colon and a blank after the key, not an equals sign.",
    },
  ])("$line", ({ line, says }) => {
    expect(typingMistake(line)).toBe(says);
  });
});
