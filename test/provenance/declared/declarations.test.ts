import { describe, expect, test } from "@jest/globals";
import { DECLARING, type Declaration, declarations } from "../../../src/provenance/declared/declarations.ts";
import { fc } from "../../fast-check.ts";
import { commit, detector, pullRequest } from "../texts.ts";

type Said = Omit<Declaration, "text">;

const ai = (tool?: string, strength: Said["strength"] = "strong"): Said =>
  tool === undefined
    ? { kind: "ai", by: "trailer", strength }
    : { kind: "ai", by: "trailer", tool, strength };

describe("a trailer declares an AI", () => {
  test.each([
    {
      why: "the kernel's form",
      text: "Assisted-by: Claude:claude-opus-4-8 coccinelle sparse",
      says: ai("Claude (model)"),
    },
    { why: "the kernel's form", text: "Assisted-by: Crush:glm-5.2", says: ai("Crush") },
    {
      why: "the kernel's form with a window",
      text: "Assisted-by: Claude Code:claude-opus-4-8[1m]",
      says: ai("Claude Code"),
    },
    {
      why: "a path as the model",
      text: "Assisted-by: Crush:accounts/fireworks/models/kimi-k2p6",
      says: ai("Crush"),
    },
    { why: "an agent that nobody knows", text: "Assisted-by: MyAgent:my-model-3", says: ai("MyAgent") },
    { why: "a tool", text: "Assisted-by: Claude Code", says: ai("Claude Code") },
    { why: "the kernel's newer form", text: "Assisted-by: LLM", says: ai(undefined) },
    {
      why: "the kernel's newer form with its tools",
      text: "Assisted-by: LLM coccinelle sparse",
      says: ai(undefined),
    },
    {
      why: "the kernel's newer form with brackets",
      text: "Assisted-by: LLM [coccinelle] [sparse]",
      says: ai(undefined),
    },
    { why: "an AI that is not named", text: "Assisted-by: an LLM", says: ai(undefined) },
    { why: "an AI that is not named", text: "Assisted-by: AI", says: ai(undefined) },
    { why: "an AI that is not named", text: "Assisted-by: AI assistant", says: ai(undefined) },
    { why: "an AI that is not named", text: "Assisted-by: AI (several tools)", says: ai(undefined) },
    { why: "an AI that is not named", text: "Assisted-by: GenAI", says: ai(undefined) },
    { why: "an AI that is not named", text: "Assisted-by: generative AI", says: ai(undefined) },
    { why: "an AI that is not named", text: "Assisted-by: generic LLM chatbot", says: ai(undefined) },
    { why: "an AI that is not named", text: "Assisted-by: a large language model", says: ai(undefined) },
    { why: "an AI that is not named", text: "Generated-by: LLM", says: ai(undefined) },
    {
      why: "the kernel's newer form with an AI's first name",
      text: "Assisted-by: LLM (Claude)",
      says: ai("Claude Code"),
    },
    {
      why: "the kernel's newer form with an AI's first name",
      text: "Assisted-by: LLM via Jules",
      says: ai("Jules"),
    },
    { why: "the kernel's newer form in a code span", text: "Assisted-by: `LLM`", says: ai(undefined) },
    { why: "the kernel's newer form in brackets", text: "Assisted-by: [LLM]", says: ai(undefined) },
    {
      why: "the kernel's newer form with a remark",
      text: "Assisted-by: LLM (model not recorded)",
      says: ai(undefined),
    },
    { why: "an AI that is not named", text: "Assisted-by: AI/LLM", says: ai(undefined) },
    { why: "an AI that is not named", text: "Assisted-by: ai assistant", says: ai(undefined) },
    { why: "an AI that is not named", text: "Assisted-by: AI Agent", says: ai(undefined) },
    { why: "an AI that is not named", text: "Assisted-by: local LLM", says: ai(undefined) },
    { why: "an AI that is not named", text: "Assisted-by: several AI tools", says: ai(undefined) },
    { why: "an AI that is not named", text: "Assisted-by: GenAI Tools", says: ai(undefined) },
    { why: "an AI with its first name", text: "Assisted-by: AI: Devin", says: ai("Devin") },
    { why: "a tool and its model", text: "Assisted-by: claude/opus-4.7", says: ai("Claude Code") },
    { why: "a tool and its model", text: "Assisted-by: codex/gpt-5", says: ai("OpenAI Codex") },
    { why: "a tool and its model", text: "Assisted-by: Claude claude-opus-4-6", says: ai("Claude Code") },
    {
      why: "a tool, its model and its version",
      text: "Assisted-by: Claude claude-opus-4-6 claude-code-2.1.92",
      says: ai("Claude Code"),
    },
    { why: "a tool and its model", text: "Assisted-by: claude-code opus 4.6", says: ai("Claude Code") },
    { why: "a tool and its model", text: "Assisted-by: Claude Opus", says: ai("Claude Code") },
    { why: "a tool and its model", text: "Assisted-by: pi gpt-5.5", says: ai("Pi") },
    { why: "a tool and its model", text: "Generated-by: codex gpt-5", says: ai("OpenAI Codex") },
    { why: "a tool and its mode", text: "Assisted-by: Cursor Auto", says: ai("Cursor") },
    { why: "a tool and its mode", text: "Assisted-by: GitHub Copilot Chat", says: ai("GitHub Copilot") },
    {
      why: "a tool and its model in brackets",
      text: "Assisted-by: Copilot (GPT-5.4)",
      says: ai("GitHub Copilot"),
    },
    { why: "a tool and no model", text: "Assisted-by: Codex unknown", says: ai("OpenAI Codex") },
    {
      why: "an agent of several words and its version",
      text: "Assisted-by: My Cool Agent:v1.2.3",
      says: ai("My Cool Agent"),
    },
    { why: "a chat", text: "Assisted-by: ChatGPT", says: ai("ChatGPT") },
    { why: "a list mark before it", text: "- Assisted-by: Crush:glm-5.2", says: ai("Crush") },
    { why: "a tool by another name", text: "Assisted-by: Copilot", says: ai("GitHub Copilot") },
    { why: "a model", text: "Assisted-by: Claude Opus 4.6", says: ai("Claude (model)") },
    { why: "a model without its vendor", text: "Assisted-by: Opus 4.7", says: ai("Claude (model)") },
    { why: "a model with its vendor", text: "Assisted-by: OpenAI GPT-5.4", says: ai("GPT (model)") },
    {
      why: "a model via a tool",
      text: "Assisted-by: Kimi K2.5 via Crush <crush@charm.land>",
      says: ai("Crush"),
    },
    { why: "a family via a tool", text: "Assisted-by: Claude Sonnet via Crush", says: ai("Crush") },
    {
      why: "a link",
      text: "Assisted-by: [Amazon Q](https://aws.amazon.com/q/)",
      says: ai("Amazon Q Developer"),
    },
    {
      why: "a first name, which may be a person's",
      text: "Assisted-by: Claude",
      says: ai("Claude Code", "weak"),
    },
    { why: "Apache's form", text: "Generated-by: GitHub Copilot", says: ai("GitHub Copilot") },
    { why: "OpenInfra's spelling", text: "Generated-By: Claude Code", says: ai("Claude Code") },
    { why: "a yes", text: "AI-assisted: yes", says: ai() },
    { why: "true", text: "Ai-assisted: true", says: ai() },
    { why: "a part", text: "AI-assisted: partly, the tests", says: ai() },
    { why: "a yes that says what was not", text: "AI-assisted: yes, but not the tests", says: ai() },
    { why: "a tool under the key of AI", text: "AI-assisted: Codex", says: ai("OpenAI Codex") },
    {
      why: "words nobody can judge",
      text: "AI-assisted: intent and review human-driven",
      says: ai(undefined, "weak"),
    },
    { why: "generated", text: "AI-Generated: yes", says: ai() },
    { why: "blanks in the key", text: "AI assisted: yes", says: ai() },
    { why: "look-alike letters", text: "Аssisted-by： Crush:glm-5.2", says: ai("Crush") },
  ])("$why: $text", ({ text, says }) => {
    expect(declarations(`Fix it\n\n${text}\n`)).toEqual([{ ...says, text }]);
  });
});

describe("what declares nothing", () => {
  test.each([
    { why: "a no", text: "Assisted-by: none" },
    { why: "a no", text: "Assisted-by: no AI" },
    { why: "a no to having it generated", text: "AI-Generated: no" },
    { why: "a no with more words", text: "AI-assisted: no, only the tests" },
    { why: "a no behind it", text: "Assisted-by: LLM: none" },
    { why: "a no behind it", text: "Assisted-by: LLM was not used" },
    { why: "a no behind it", text: "Assisted-by: AI - no" },
    { why: "a program with such letters", text: "Assisted-by: vLLM" },
    { why: "a person with such letters", text: "Assisted-by: LLMWare Team" },
    { why: "an address", text: "Assisted-by: LLM <llm@example.com>" },
    { why: "prose", text: "AI disclosure: no AI was used" },
    { why: "prose", text: "This PR was made without AI" },
    { why: "prose", text: "I used AI for this." },
    { why: "an empty value", text: "AI-assisted:" },
    { why: "an unanswered question", text: "AI-assisted: yes/no" },
    { why: "an unanswered question", text: "AI-assisted: [yes | no]" },
    { why: "the form's own words", text: "Assisted-by: AGENT_NAME:MODEL_VERSION" },
    { why: "a person", text: "Assisted-by: Waldek Maleska <weakcamel@users.github.com>" },
    { why: "a person called Claude", text: "Assisted-by: Claude Paroz <claude@2xlibre.net>" },
    { why: "a person called Claude", text: "Assisted-by: Claude Paroz" },
    { why: "two people", text: "Assisted-by: Claude and Mona <mona@example.com>" },
    { why: "a person's remark", text: "Assisted-by: Bob: thanks" },
    { why: "a page", text: "Assisted-by: https://example.com/howto-2" },
    { why: "a code generator", text: "Generated-by: protoc" },
    { why: "a code generator with its version", text: "Generated-by: openapi-generator:7.2" },
    { why: "an empty box", text: `- [ ] ${DECLARING.withAi}` },
    { why: "an empty box", text: `- [ ] ${DECLARING.withoutAi}` },
    { why: "another box", text: "- [x] I have read the rules" },
    { why: "a longer sentence", text: `- [x] ${DECLARING.withoutAi} except the tests` },
    { why: "no box", text: DECLARING.withoutAi },
    { why: "a box without a list", text: `[x] ${DECLARING.withoutAi}` },
    { why: "a quotation", text: "> AI-assisted: yes" },
    { why: "a fence", text: "```\nAI-assisted: yes\n```" },
    { why: "an indented block", text: "        AI-assisted: no" },
    { why: "a comment of one line", text: "<!-- AI-assisted: yes -->" },
    { why: "a comment of more lines", text: `<!--\nAI-assisted: yes\n- [x] ${DECLARING.withoutAi}\n-->` },
    { why: "a comment that never ends", text: "<!-- delete one of these:\nAI-assisted: no" },
    { why: "the marker alone", text: DECLARING.markerWithoutAi },
  ])("$why: $text", ({ text }) => {
    expect(declarations(`Fix it\n\n${text}\n`)).toEqual([]);
  });
});

describe("a person declares that no AI took part", () => {
  test.each([
    { why: "by the trailer", text: "AI-assisted: no", by: "trailer" },
    { why: "by the trailer in other words", text: "AI-Assisted: None.", by: "trailer" },
    { why: "by the box", text: `- [x] ${DECLARING.withoutAi}`, by: "checkbox" },
    { why: "by the box with a full stop", text: `* [X] ${DECLARING.withoutAi}.`, by: "checkbox" },
    { why: "by a box in a numbered list", text: `1. [x] **${DECLARING.withoutAi}**`, by: "checkbox" },
    {
      why: "by a box in another language",
      text: `- [x] Ohne KI geschrieben ${DECLARING.markerWithoutAi}`,
      by: "checkbox",
    },
  ])("$why: $text", ({ text, by }) => {
    expect(declarations(`## What\n\n${text}\n`)).toEqual([{ kind: "no-ai", by, text, strength: "strong" }]);
  });

  test("and is contradicted in the same text", () => {
    const text = `- [x] ${DECLARING.withAi}\n- [x] ${DECLARING.withoutAi}\n`;
    expect(declarations(text).map(({ kind }) => kind)).toEqual(["ai", "no-ai"]);
  });

  test("which is no evidence of anything", () => {
    const body = `- [x] ${DECLARING.withoutAi}\n\nAI-assisted: no`;
    expect(detector.pullRequest(pullRequest({ body }))).toEqual([]);
    expect(detector.commit(commit({ message: `Fix it\n\n${body}` })).writer).toBe("human");
  });
});

describe("what is declared is evidence", () => {
  test.each([
    { why: "a trailer of a commit", message: "Fix it\n\nAssisted-by: Crush:glm-5.2", tools: ["Crush"] },
    { why: "a trailer that names no tool", message: "Fix it\n\nAI-assisted: yes", tools: ["AI (not named)"] },
    {
      why: "a box in a squashed body",
      message: `Fix it\n\n- [x] ${DECLARING.withAi}`,
      tools: ["AI (not named)"],
    },
  ])("$why", ({ message, tools }) => {
    const found = detector.commit(commit({ message }));
    expect(found).toMatchObject({ writer: "ai", tools });
    expect(found.evidence).toEqual([
      expect.objectContaining({
        kind: "declared",
        strength: "strong",
        where: expect.objectContaining({ field: "message" }),
      }),
    ]);
  });

  test.each([
    { why: "the box", body: `- [x] ${DECLARING.withAi}` },
    { why: "the box by its marker", body: `- [x] Avec IA ${DECLARING.markerWithAi}` },
    { why: "a trailer", body: "AI-assisted: yes" },
  ])("on a pull request, by $why", ({ body }) => {
    expect(detector.pullRequest(pullRequest({ body: `## Why\n\n${body}\n` }))).toEqual([
      expect.objectContaining({
        kind: "declared",
        strength: "strong",
        where: { on: "pull-request", field: "body" },
      }),
    ]);
  });

  test("weakly where the words may mean a person", () => {
    const found = detector.commit(commit({ message: "Fix it\n\nAssisted-by: Claude" }));
    expect(found.evidence).toEqual([expect.objectContaining({ kind: "declared", strength: "weak" })]);
    expect(found.writer).toBe("human");
  });

  test("certainly where the address is the tool's", () => {
    const message = "Fix it\n\nAssisted-by: Claude Fable 5 <noreply@anthropic.com>";
    expect(detector.commit(commit({ message })).evidence[0]).toMatchObject({
      tool: "Claude Code",
      strength: "certain",
    });
  });
});

test("any text can be read for declarations", () => {
  const piece = fc.constantFrom(
    "- [x] ",
    "AI-assisted: ",
    "Assisted-by: ",
    "<!-- ",
    " -->",
    "no",
    "yes",
    "\n",
    "```\n",
    "> ",
    "a:1",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: "binary" }))), (pieces) => {
      for (const { text, kind } of declarations(pieces.join(""))) {
        expect(["ai", "no-ai"]).toContain(kind);
        expect(text.length).toBeLessThanOrEqual(200);
      }
    }),
  );
});
