import { address, bot, defineTool, line, signals } from "../../tool/define.ts";

/** The command line signs unless `CONTINUE_CLI_DISABLE_COMMIT_SIGNATURE` is set; the IDE leaves nothing. */
export const continueDev = defineTool({
  tool: "Continue",
  vendor: "Continue.dev",
  names: ["continue.dev", "continue-cli", "continue cli"],
  signals: [
    ...signals("certain", "the command line's source", [address("noreply@continue.dev")]),
    ...signals("strong", "the command line's source", [
      line("^generated with \\[continue\\]\\(https://continue\\.dev"),
    ]),
    ...signals("certain", "GitHub's users API, 2026-07", bot(230936708, "continue[bot]")),
  ],
  examples: {
    matches: [
      { author: "Continue <noreply@continue.dev>", is: "certain" },
      { author: "continue[bot] <230936708+continue[bot]@users.noreply.github.com>", is: "certain" },
      { message: "Generated with [Continue](https://continue.dev)", is: "strong" },
    ],
    ignores: [
      { author: "An Employee <someone@continue.dev>" },
      { message: "Continue: do not stop at the first error" },
    ],
  },
});
