import type { Finding } from "../hazard.ts";
import { changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

const INSTRUCTIONS =
  /(?:^|\/)(?:AGENTS?(?:\.override)?|CLAUDE(?:\.local)?|GEMINI|QWEN|CRUSH|WARP|CONVENTIONS)\.md$|(?:^|\/)\.(?:cursorrules|windsurfrules|clinerules|roorules|goosehints|augment-guidelines|continuerules)$|(?:^|\/)\.(?:cursor\/rules|claude\/(?:commands|agents|skills|rules)|kiro\/(?:steering|agents|hooks)|amazonq\/(?:rules|agents)|windsurf\/(?:rules|workflows)|clinerules|roo\/rules\w*|continue\/rules|codex\/prompts|gemini\/commands|agents?(?!\/(?:plans|scratch\w*|notes|logs|tmp|tasks|memory|archive)\/)|junie|augment\/rules|openhands\/microagents|factory\/droids)\/.*\.(?:md|mdc|txt|toml|json)$|(?:^|\/)\.github\/(?:copilot-instructions\.md|(?:instructions|prompts|chatmodes|agents|skills)\/.*\.md)$/i;

const INSTRUCTIONS_CHANGED: Rule = {
  id: "agents/instructions-changed",
  kind: "widening",
  asks: "show",
  when: "what AI agents are told changes",
  *file(file): Generator<Finding> {
    const [first] = file.lines.after.filter(({ text }) => text.trim() !== "");
    if (first === undefined) return;
    const why = `changes what AI agents are told in ${shown(file.path)}`;
    yield { what: shown(file.path), file: file.path, line: first.line, side: "after", why };
  },
  reports: [
    [
      "changes what AI agents are told in `AGENTS.md`",
      changed("AGENTS.md", "# Rules\n", "# Rules\nDeploy when the tests pass.\n"),
    ],
  ],
  ignores: [
    ["a file for people", changed("README.md", "# Rules\n", "# Rules\nDeploy when the tests pass.\n")],
  ],
};

export const AGENT_INSTRUCTIONS: RuleSet = {
  name: "agent-instructions",
  title: "Instructions of AI agents",
  reads: ({ path }) => INSTRUCTIONS.test(path),
  rules: [INSTRUCTIONS_CHANGED],
};
