import { bot, branch, defineTool, signals } from "../../tool/define.ts";

/** Mainly a reviewer, which can approve. Its summaries in people's pull requests are no authorship. */
export const coderabbit = defineTool({
  tool: "CodeRabbit",
  vendor: "CodeRabbit",
  signals: [
    ...signals(
      "certain",
      "GitHub's users API, 2026-07; docs.coderabbit.ai",
      bot(136622811, "coderabbitai[bot]"),
    ),
    ...signals("strong", "docs.coderabbit.ai", [branch("^coderabbitai/")]),
  ],
  examples: {
    matches: [
      { author: "coderabbitai[bot] <136622811+coderabbitai[bot]@users.noreply.github.com>", is: "certain" },
      { branch: "coderabbitai/docstrings/0123abc", is: "strong" },
    ],
    ignores: [
      { message: "## Summary by CodeRabbit" },
      { account: { id: 7, login: "coderabbitai", type: "User" } },
      { branch: "coderabbit-config" },
    ],
  },
});
