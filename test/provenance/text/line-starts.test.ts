import { describe, expect, test } from "@jest/globals";
import { createDetector } from "../../../src/provenance/detector.ts";
import {
  FOREIGN,
  literalStart,
  Starts,
  startOf,
  startOfNormal,
  TOO_SHORT,
} from "../../../src/provenance/text/line-starts.ts";
import { fc } from "../../fast-check.ts";
import { commit, detector, pullRequest } from "../texts.ts";

describe("startOf", () => {
  test.each(["Co-authored-by: A", "COAUTHOR", "  co-a", "c.o.a", "**c**o*a*", "123 coa", '"(coa)"'])(
    "%p begins with c, o, a",
    (text) => {
      expect(startOf(text)).toBe(startOf("coa"));
    },
  );

  test.each([
    { text: "", start: TOO_SHORT },
    { text: "ab", start: TOO_SHORT },
    { text: "a\nbc", start: TOO_SHORT },
    { text: "------", start: TOO_SHORT },
    { text: "🤖 Generated", start: FOREIGN },
    { text: "cо-authored", start: FOREIGN },
  ])("$text has no start of its own", ({ text, start }) => {
    expect(startOf(text)).toBe(start);
  });

  test("begins where it is told", () => {
    expect(startOf("abc\ndef", 4)).toBe(startOf("def"));
  });

  test("passes over ornaments in a normalised line", () => {
    expect(startOfNormal("🤖 Generated")).toBe(startOf("gen"));
    expect(startOfNormal("🤖")).toBe(TOO_SHORT);
  });
});

describe("Starts", () => {
  test("holds those of its texts and all with its letters", () => {
    const starts = new Starts(["generated", "co-author"], ["x"]);
    const held = ["General", "Coat", "x-model", "[x] This"].map((text) => starts.has(startOf(text)));
    const others = ["gem", "cap", "wxyz", "", "🤖"].map((text) => starts.has(startOf(text)));
    expect([held, others]).toEqual([
      [true, true, true, true],
      [false, false, false, false, false],
    ]);
  });
});

describe("literalStart", () => {
  test.each([
    { pattern: "^generated (?:with|by) x$", start: "generated " },
    { pattern: "^https://claude\\.ai/code", start: "https://claude.ai/code" },
    { pattern: "^\\[codex task\\]", start: "[codex task]" },
    { pattern: "^made with \\[?cursor", start: "made with " },
    { pattern: "^colou?r", start: "colo" },
    { pattern: "^ab{2}c", start: "a" },
    { pattern: "^ab+c", start: "ab" },
    { pattern: "^\\d{4}", start: "" },
    { pattern: "^made|^by", start: "" },
    { pattern: "^(?:p|div)", start: "" },
    { pattern: "made by", start: "" },
  ])("$pattern matches what begins with $start", ({ pattern, start }) => {
    expect(literalStart(pattern)).toBe(start);
  });
});

test("a detector that reads only such lines finds what one finds that reads every line", () => {
  const everyLine = createDetector({
    tools: [
      {
        tool: "Nothing",
        vendor: "acme",
        signals: [
          { kind: "line", pattern: "\\u0000$", in: ["message", "body"], strength: "weak", source: "acme" },
        ],
      },
    ],
    agents: [],
    notAi: [],
  });
  const piece = fc.constantFrom(
    "Co-authored-by: Claude <noreply@anthropic.com>",
    "🤖 Generated with [Claude Code](https://claude.com/claude-code)",
    "Signed-off-by: Mona <mona@example.com>",
    "See https://chatgpt.com/codex/tasks/task_1 and https://www.cursor.com/agents/bc-1",
    "Assisted-by: Crush:glm-5.2",
    "- [x] This change was written with AI assistance",
    "**Made-with**: Cursor",
    "> Made-with: Cursor",
    "        Made-with: Cursor",
    "```",
    "~~~~",
    "This reverts commit abc",
    "Revert it",
    "Сlaude-Session: https://claude.ai/code/session_1",
    "é",
    "",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 12 }))), (lines) => {
      const message = lines.join("\n");
      expect(detector.commit(commit({ message }))).toEqual(everyLine.commit(commit({ message })));
      expect(detector.pullRequest(pullRequest({ body: message }))).toEqual(
        everyLine.pullRequest(pullRequest({ body: message })),
      );
    }),
  );
});
