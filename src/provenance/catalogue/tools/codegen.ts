import { address, bot, branch, defineTool, marks } from "../define.ts";

export const codegen = defineTool({
  tool: "Codegen",
  vendor: "Codegen",
  signals: [
    ...marks("certain", "a count of 7,968 public pull requests, 2026-07", bot(131295404, "codegen-sh[bot]")),
    ...marks("certain", "renovatebot/renovate 4c627ae825", [address("team+codegenbot@codegen.sh")]),
    ...marks("weak", "not verified", [branch("^codegen-bot/"), branch("^codegen/")]),
  ],
});
