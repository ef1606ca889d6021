import { describe, expect, test } from "@jest/globals";
import { CATALOGUE } from "../../../src/provenance/catalogue/catalogue.ts";
import { commandIn } from "../../../src/provenance/requests/commands.ts";

describe("commandIn", () => {
  test.each([
    { comment: "/q dev", tools: ["Amazon Q Developer"] },
    { comment: "/Q  dev please", tools: ["Amazon Q Developer"] },
    { comment: "/kiro fix", tools: ["Kiro"] },
    { comment: "Well, /kiro all", tools: ["Kiro"] },
    { comment: "@claude fix the test", tools: ["Claude Code"] },
    { comment: "Could you look at it and fix it, @Claude?", tools: ["Claude Code"] },
    { comment: "@claude the tests are red", tools: ["Claude Code"] },
    { comment: "@claude the review comments are still open", tools: ["Claude Code"] },
    { comment: "@claude can you fix this?", tools: ["Claude Code"] },
    { comment: "Hey @cursor, could you please add a test", tools: ["Cursor"] },
    { comment: "@codex is wrong here, please fix it", tools: ["OpenAI Codex"] },
    { comment: "cc @copilot: apply the suggestions", tools: ["GitHub Copilot"] },
    { comment: "@claude review this PR.\n\nThen fix what you find.", tools: ["Claude Code"] },
    { comment: "@claude review this, fix it", tools: ["Claude Code"] },
    { comment: "I want @claude to update the docs", tools: ["Claude Code"] },
    { comment: "@copilot go ahead", tools: ["GitHub Copilot"] },
    { comment: "@claude review this change and apply the fix", tools: ["Claude Code"] },
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
    { comment: "@claude review", why: "asks to look" },
    { comment: "@claude please review this change", why: "asks to look" },
    { comment: "@copilot review the proposed fix", why: "asks to look" },
    { comment: "Could you look at it, @Claude?", why: "asks to look" },
    { comment: "Can you review this @claude for security?", why: "asks to look" },
    { comment: "@cursor take another look", why: "asks to look" },
    { comment: "@gemini-cli /review", why: "asks to look" },
    { comment: "@claude PTAL", why: "asks to look" },
    { comment: "@claude what do you think?", why: "asks for an opinion" },
    { comment: "@claude why is this lock needed?", why: "asks a question" },
    { comment: "@claude does this make sense?", why: "asks a question" },
    { comment: "@claude can you explain the retry loop?", why: "asks for an explanation" },
    { comment: "@claude review only, do not change anything", why: "asks to look" },
    { comment: "@copilot summarize the changes", why: "asks for a summary" },
    { comment: "cc @copilot", why: "copied in" },
    { comment: "/cc @claude @copilot", why: "copied in" },
    { comment: "FYI @mona, @claude", why: "copied in" },
    { comment: "@codex is wrong here", why: "spoken of" },
    { comment: "@codex's finding is wrong", why: "spoken of" },
    { comment: "@copilot missed the null check, I'll fix it", why: "spoken of" },
    { comment: "@claude found this; we should fix it next week", why: "spoken of" },
    { comment: "As @codex said, this is racy", why: "spoken of" },
    { comment: "Written by @claude", why: "spoken of" },
    { comment: "Thanks @claude!", why: "thanked" },
    { comment: "@claude thanks, nice work", why: "thanked" },
    { comment: "@claude stop", why: "sent away" },
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
