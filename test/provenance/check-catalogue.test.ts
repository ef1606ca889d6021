import { describe, expect, test } from "@jest/globals";
import { catalogueProblems } from "../../src/provenance/check-catalogue.ts";
import type { Signal, SignalMatcher, Tool } from "../../src/provenance/tool/tool.ts";

const EVERYWHERE = ["author", "committer", "co-author"] as const;

const tool = (matcher: SignalMatcher, over: Partial<Signal> = {}): Tool => ({
  tool: "In-house",
  vendor: "acme",
  signals: [{ ...matcher, strength: "strong", source: "acme", ...over } as Signal],
});

const email = (address: string): SignalMatcher => ({ kind: "email", email: address, fields: EVERYWHERE });
const line = (pattern: string): SignalMatcher => ({ kind: "line", pattern, in: ["message", "body"] });
const branch = (pattern: string): SignalMatcher => ({ kind: "branch", pattern });

describe("a catalogue with nothing wrong", () => {
  test.each([
    { why: "an address", matcher: email("agent@acme.example") },
    { why: "a line", matcher: line("^made by acme agent$") },
    { why: "a branch", matcher: branch("^acme-agent/") },
    { why: "a trailer", matcher: { kind: "trailer", key: "x-model" } as const },
    {
      why: "a name with a version",
      matcher: { kind: "name", pattern: "^acme-\\d{1,3}$", fields: ["co-author"] } as const,
    },
  ])("may hold $why", ({ matcher }) => {
    expect(catalogueProblems([tool(matcher)])).toEqual([]);
  });
});

describe("a signal is refused", () => {
  test.each([
    { why: "its pattern can backtrack", matcher: line("^(a+)+$"), says: "unbounded" },
    { why: "its pattern does not compile", matcher: branch("("), says: "not a valid regular expression" },
    {
      why: "the pattern of a value can backtrack",
      matcher: { kind: "trailer", key: "x-model", value: ".*" } as const,
      says: "unbounded",
    },
    {
      why: "it is a bare name",
      matcher: { kind: "coauthor-name", name: "claude" } as const,
      says: "Claude <claude@example.org>",
    },
    {
      why: "it is the end of people's names",
      matcher: { kind: "name-suffix", suffix: "cline", fields: EVERYWHERE } as const,
      says: "Travis Cline",
    },
    {
      why: "a pattern of names holds people's",
      matcher: { kind: "name", pattern: "^devin", fields: EVERYWHERE } as const,
      says: "Devin Wong",
    },
    { why: "it is an employee's address", matcher: email("someone@anthropic.com"), says: "An Employee" },
    {
      why: "it is GitHub's own address",
      matcher: email("noreply@github.com"),
      says: "GitHub <noreply@github.com>",
    },
    { why: "it is an address without a domain", matcher: email("@anthropic.com"), says: "one whole address" },
    {
      why: "its address is not in lower case",
      matcher: email("Agent@acme.example"),
      says: "one whole address",
    },
    { why: "it is a word in a line", matcher: line("\\bcopilot\\b"), says: "Link the copilot page" },
    {
      why: "its line is not anchored",
      matcher: line("generated with \\[?crush"),
      says: 'Remove the "Generated with Crush" line',
    },
    { why: "it is a word in a branch", matcher: branch("^cursor-"), says: "cursor-pagination" },
    { why: "it matches a negated disclosure", matcher: line("^ai disclosure: "), says: "no AI was used" },
    { why: "it matches a review's summary", matcher: line("cursor_summary"), says: "CURSOR_SUMMARY" },
    {
      why: "it is a key of prose",
      matcher: { kind: "trailer", key: "copilot" } as const,
      says: "Added accesibility",
    },
    {
      why: "it is a key of people",
      matcher: { kind: "trailer", key: "assisted-by" } as const,
      says: "Waldek Maleska",
    },
  ])("when $why", ({ matcher, says }) => {
    const problems = catalogueProblems([tool(matcher)]);
    expect(problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringContaining(says)]),
    );
    expect(problems.every((problem) => problem.tool === "In-house")).toBe(true);
  });

  test.each([
    {
      why: "a label that decides",
      matcher: { kind: "label", label: "robot" } as const,
      over: {},
      says: "which is weak",
    },
    {
      why: "a line that is certain",
      matcher: line("^made by acme$"),
      over: { strength: "certain" },
      says: "only an account or an address",
    },
    {
      why: "a signal without source",
      matcher: line("^made by acme$"),
      over: { source: "" },
      says: "no source",
    },
  ] as const)("for $why", ({ matcher, over, says }) => {
    expect(catalogueProblems([tool(matcher, over)]).map(({ message }) => message)).toEqual([
      expect.stringContaining(says),
    ]);
  });
});

describe("a signal that another tool has is refused", () => {
  const one = tool(email("agent@acme.example"));

  test("in one tool", () => {
    const twice = { ...one, signals: [...one.signals, ...one.signals] };
    expect(catalogueProblems([twice])).toEqual([
      { tool: "In-house", message: "the address agent@acme.example is In-house's already" },
    ]);
  });

  test("in two, whatever their strength", () => {
    const other = { ...tool(email("agent@acme.example"), { strength: "weak" }), tool: "Other" };
    expect(catalogueProblems([one, other])).toHaveLength(1);
  });

  test("beside others", () => {
    const other = { ...one, tool: "Other" };
    expect(catalogueProblems([other], [one])).toEqual([
      { tool: "Other", message: "the address agent@acme.example is In-house's already" },
    ]);
  });

  test("and so is its name", () => {
    const namesake = { ...tool(branch("^acme/")), names: ["agent of acme"] };
    const other = { ...tool(branch("^other/")), tool: "Agent of Acme" };
    expect(catalogueProblems([namesake, other]).map(({ message }) => message)).toEqual([
      "the name agent of acme is In-house's already",
    ]);
  });
});
