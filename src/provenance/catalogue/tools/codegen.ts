import { address, bot, branch, defineTool, signals } from "../../tool/define.ts";

export const codegen = defineTool({
  tool: "Codegen",
  vendor: "Codegen",
  signals: [
    ...signals(
      "certain",
      "a count of 7,968 public pull requests, 2026-07",
      bot(131295404, "codegen-sh[bot]"),
    ),
    ...signals("certain", "renovatebot/renovate 4c627ae825", [address("team+codegenbot@codegen.sh")]),
    ...signals("weak", "not verified", [branch("^codegen-bot/"), branch("^codegen/")]),
  ],
  examples: {
    matches: [
      { author: "codegen-sh[bot] <131295404+codegen-sh[bot]@users.noreply.github.com>", is: "certain" },
      { author: "codegen-team <team+codegenbot@codegen.sh>", is: "certain" },
      { branch: "codegen-bot/fix-login", is: "weak" },
      { branch: "codegen/fix-login", is: "weak" },
    ],
    ignores: [{ author: "An Employee <someone@codegen.sh>" }, { branch: "feature/codegen" }],
  },
});
