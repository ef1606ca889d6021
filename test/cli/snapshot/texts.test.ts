import { describe, expect, test } from "@jest/globals";
import { keepSignals, masked, maskedReview, withoutComments } from "../../../src/cli/snapshot/texts.ts";
import type { Evidence } from "../../../src/provenance/evidence.ts";

test.each([
  { why: "words", text: "Fix the timeout", left: "x x x" },
  { why: "words of any script", text: "Zeit überschritten 超时", left: "x x x" },
  { why: "a quotation", text: "> Falcon is late", left: "> x x x" },
  { why: "a fence", text: "```hcl", left: "```x" },
  { why: "an empty line", text: "", left: "" },
])("of $why the shape stays", ({ text, left }) => {
  expect(masked(text)).toBe(left);
});

describe("lines of a text", () => {
  const found = (text: string): Evidence => ({
    tool: "Tool",
    kind: "trailer",
    strength: "strong",
    where: { on: "commit", sha: "a", field: "message" },
    text,
  });
  const keep = keepSignals({
    writer: "ai",
    tools: ["Tool"],
    evidence: [found("Assisted-by: Tool")],
    commits: [],
    declarations: [{ by: "ada", sha: null, text: "- [x] This change was written without AI" }],
  });

  test.each([
    { why: "a signal", line: "Assisted-by: Tool" },
    { why: "a declaration", line: "- [x] This change was written without AI" },
    { why: "a requester", line: "This pull request was created by @kiro-agent on behalf of @kira :ghost:" },
  ])("keep $why", ({ line }) => {
    expect(keep(`Fix Falcon\n\n${line}`)).toBe(`x x\n\n${line}`);
  });

  test.each([
    { why: "a near-miss of a signal", line: "Assisted-by: Ada", left: "x-x: x" },
    { why: "a mention of somebody else", line: "Thanks, @dana", left: "x, @x" },
  ])("do not keep $why", ({ line, left }) => {
    expect(keep(line)).toBe(left);
  });
});

test("of a review the claims of false alarms stay, without their reasons", () => {
  expect(maskedReview("Fine by me.\nFalse alarm: sql/drop-table in db/1.sql: Falcon has no table\n")).toBe(
    "x x x.\nFalse alarm: sql/drop-table in db/1.sql: x x x x\n",
  );
});

test("of a file the comments go, and no line moves", () => {
  expect(withoutComments("# Falcon's owners\n/a @b\n  # more\n/c#d @e\n")).toBe("#\n/a @b\n  #\n/c#d @e\n");
});
