import { bot, branch, defineTool, signals } from "../../tool/define.ts";

/** Mainly a reviewer, which can approve. Its summaries in people's pull requests are no authorship. */
export const codeRabbit = defineTool({
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
});
