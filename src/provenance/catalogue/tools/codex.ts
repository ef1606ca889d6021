import {
  address,
  bot,
  branch,
  coAuthorName,
  defineTool,
  label,
  line,
  link,
  signals,
  user,
} from "../../tool/define.ts";

/** Mostly silent: often the branch name is the only signal. */
export const codex = defineTool({
  tool: "OpenAI Codex",
  vendor: "OpenAI",
  names: ["codex", "codex cli", "codex-cli", "openai codex cli", "chatgpt codex"],
  signals: [
    ...signals("certain", "openai/codex#11617; fastify 4065d1f8a159, cline/cline 6662670350b6", [
      address("noreply@openai.com"),
      address("codex@openai.com"),
    ]),
    ...signals("certain", "ghostty-org/ghostty 630c2dff190a; GitHub's users API, 2026-07", [
      ...bot(199175422, "chatgpt-codex-connector[bot]"),
      ...bot(215057067, "openai-codex[bot]"),
    ]),
    ...signals("certain", "GitHub Agent HQ, shown as Codex; ids verified in 2026", [
      ...bot(242516109, "openai-code-agent[bot]"),
      address("242516109+codex@users.noreply.github.com"),
      ...user(267193182, "codex"),
    ]),
    ...signals("strong", "public pull request bodies, 2025 and 2026", [
      line("^https://chatgpt\\.com/codex/(?:cloud/)?tasks/task_\\w{1,80}$"),
      line("^\\[codex task\\]\\(https://chatgpt\\.com/codex/(?:cloud/)?tasks/task_\\w{1,80}\\)$"),
    ]),
    ...signals("strong", "PrefectHQ/fastmcp 95a56f3c1279, 6b93536b34c8 (126 commits)", [
      line("^generated (?:with|by) \\[?(?:openai )?codex(?: cli)?\\]?$"),
      line("^generated (?:with|by) \\[(?:openai )?codex(?: cli)?\\]\\([^\\s()]{1,250}\\)?$"),
      line("^generated (?:with|by) gpt-[\\d.]{1,6}-codex$"),
    ]),
    ...signals("strong", "two words that nobody is called", [coAuthorName("openai codex")]),
    ...signals("strong", "merged pull requests: no other mark on 150 of 155", [branch("^codex/")]),
    ...signals("weak", "a link within a sentence may be a reference", [
      link("chatgpt.com", "^/codex/(?:cloud/)?tasks/task_"),
    ]),
    ...signals("weak", "lists of other detectors only", [
      address("codex@agent"),
      address("codex@local"),
      label("codex"),
    ]),
    ...signals("weak", "steveyegge/beads 070107caee47: invented; openai/codex#18095: one is a stranger's", [
      address("codex-agent@example.com"),
      address("codex@example.com"),
    ]),
  ],
  requests: { commands: ["@codex"] },
  examples: {
    matches: [
      { author: "Codex <codex@openai.com>", is: "certain" },
      { author: "Codex <242516109+Codex@users.noreply.github.com>", is: "certain" },
      { account: { id: 199175422, login: "chatgpt-codex-connector[bot]", type: "Bot" }, is: "certain" },
      { message: "Co-authored-by: Codex <noreply@openai.com>", is: "certain" },
      { message: "Co-authored-by: OpenAI Codex <mona@example.com>", is: "strong" },
      { body: "[Codex Task](https://chatgpt.com/codex/tasks/task_e_6944)", is: "strong" },
      { body: "https://chatgpt.com/codex/tasks/task_e_6944", is: "strong" },
      { body: "The diff of https://chatgpt.com/codex/tasks/task_e_6944 is not used", is: "weak" },
      { message: "Generated with [Codex](https://openai.com/codex)", is: "strong" },
      { message: "🤖 Generated with Codex", is: "strong" },
      { message: "🤖 Generated with OpenAI Codex", is: "strong" },
      { message: "🤖 Generated with GPT-5-Codex", is: "strong" },
      { body: "[Codex Task](https://chatgpt.com/codex/cloud/tasks/task_e_6944)", is: "strong" },
      { body: "https://chatgpt.com/codex/cloud/tasks/task_e_6944", is: "strong" },
      { body: "The diff of https://chatgpt.com/codex/cloud/tasks/task_e_6944 is not used", is: "weak" },
      { branch: "codex/fix-login", is: "strong" },
      { author: "Codex <codex@example.com>", is: "weak" },
      { message: "Co-authored-by: Codex <codex@local>", is: "weak" },
      { label: "Codex", is: "weak" },
    ],
    ignores: [
      { author: "Alex Miller <codex.nz@gmail.com>" },
      { author: "Brian Fioca <bfioca@openai.com>" },
      { message: "See https://openai.com/codex and https://cursor.com/docs" },
      { message: "Generated with Codex Generator" },
      { message: "Generated with [Codex](https://openai.com/codex) in mind" },
      { message: "Read Codex Sinaiticus" },
      { branch: "codex-parser" },
      { branch: "codex-nz" },
    ],
  },
});
