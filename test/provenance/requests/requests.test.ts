import { describe, expect, test } from "@jest/globals";
import { CATALOGUE } from "../../../src/provenance/catalogue/catalogue.ts";
import { commandIn, requestersNamedIn } from "../../../src/provenance/requests/requests.ts";

const JULES = "PR created automatically by Jules for task [14](https://jules.google.com/task/14)";

describe("requestersNamedIn", () => {
  test.each([
    {
      why: "Kiro",
      text: "This pull request was created by @kiro-agent on behalf of @mona-l :ghost:\n\nMore.",
      named: [{ tool: "Kiro", login: "mona-l" }],
    },
    {
      why: "Jules",
      text: `Fix\n\n---\n*${JULES} started by @mona*`,
      named: [{ tool: "Jules", login: "mona" }],
    },
    {
      why: "Jules without @",
      text: "PR created automatically by Jules for task 21533845497115570 started by mydcc",
      named: [{ tool: "Jules", login: "mydcc" }],
    },
    {
      why: "Devin, with its link",
      text: "**Link to Devin run**: https://app.devin.ai/sessions/ab\n**Requested by**: @mona (Mona)",
      named: [{ tool: "Devin", login: "mona" }],
    },
    {
      why: "one person named twice",
      text: `${JULES} started by @a\n${JULES} started by @A`,
      named: [{ tool: "Jules", login: "A" }],
    },
    { why: "nobody, without Devin's link", text: "Requested by: @mona", named: [] },
    { why: "nobody, when Jules does not say", text: JULES, named: [] },
    { why: "nobody, in a quotation", text: `> ${JULES} started by @mona`, named: [] },
    { why: "nobody, in an indented block", text: `See:\n\n        ${JULES} started by @mona`, named: [] },
    { why: "nobody, in a fence", text: `\`\`\`\n${JULES} started by @mona\n\`\`\``, named: [] },
    { why: "nobody, within a sentence", text: `See "${JULES} started by @mona"`, named: [] },
  ])("$why", ({ text, named }) => {
    expect(requestersNamedIn(text)).toEqual(named);
  });
});

describe("commandIn", () => {
  test.each([
    { comment: "/q dev", tools: ["Amazon Q Developer"] },
    { comment: "/Q  dev please", tools: ["Amazon Q Developer"] },
    { comment: "/kiro fix", tools: ["Kiro"] },
    { comment: "Well, /kiro all", tools: ["Kiro"] },
    { comment: "@claude fix the test", tools: ["Claude Code"] },
    { comment: "Could you look at it, @Claude?", tools: ["Claude Code"] },
    { comment: "(@copilot, please.)", tools: ["GitHub Copilot"] },
    { comment: "@codex and @cursor, race!", tools: ["OpenAI Codex", "Cursor"] },
    { comment: "Hello\n@devin-ai-integration go", tools: ["Devin"] },
    { comment: "@jules", tools: ["Jules"] },
    { comment: "@codex review and fix what you find", tools: ["OpenAI Codex"] },
    { comment: "@codex reviewers say no, so mend it", tools: ["OpenAI Codex"] },
    { comment: "@codex review for bugs and mend them", tools: ["OpenAI Codex"] },
    { comment: "@codex review\n@codex address it", tools: ["OpenAI Codex"] },
    { comment: "@codex", tools: ["OpenAI Codex"] },
    { comment: "@gemini-cli /fix", tools: ["Gemini"] },
    { comment: "use `code` then @claude `more`", tools: ["Claude Code"] },
    { comment: "an unclosed ` and @claude", tools: ["Claude Code"] },
  ])("$comment starts $tools", ({ comment, tools }) => {
    expect(commandIn(comment)).toEqual(tools);
  });

  test.each([
    { comment: "claude did this", why: "no mention" },
    { comment: "> @claude fix it", why: "a quotation" },
    { comment: "`@claude fix it`", why: "a code span" },
    { comment: "``a ` @claude``", why: "a code span of two backticks" },
    { comment: "```\n@claude fix it\n```", why: "a fence" },
    { comment: "mail me@claude", why: "an address" },
    { comment: "@claude-monet is away", why: "another login" },
    { comment: "@acme/claude and @claude/team", why: "teams" },
    { comment: "see docs/kiro and ./kiro and /kiro/docs", why: "paths" },
    { comment: "https://example.com/@claude", why: "a link" },
    { comment: "@cursor.com", why: "a domain" },
    { comment: "/q review", why: "asks for a review, not for work" },
    { comment: "@codex review", why: "asks for a review, not for work" },
    { comment: "Thanks! @codex review again.", why: "asks for a review, not for work" },
    { comment: "@Codex review for security regressions", why: "asks for a review, not for work" },
    { comment: "/q develop", why: "another word" },
    { comment: "", why: "nothing" },
  ])("$comment starts nothing: $why", ({ comment }) => {
    expect(commandIn(comment)).toEqual([]);
  });

  test("every command is found as it is written", () => {
    for (const { tool, requests } of CATALOGUE) {
      for (const command of requests?.commands ?? []) {
        expect(command).toBe(command.toLowerCase());
        expect(commandIn(`${command} please`)).toContain(tool);
      }
    }
  });
});
