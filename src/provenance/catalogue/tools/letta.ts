import { address, bot, defineTool, line, signals, user } from "../../tool/define.ts";

export const letta = defineTool({
  tool: "Letta Code",
  vendor: "Letta",
  names: ["letta"],
  signals: [
    ...signals("certain", "Letta Code's source: the git identity of its harness", [
      address("noreply@letta.com"),
    ]),
    ...signals("certain", "letta-ai/letta-code (159 commits)", [
      ...bot(300689746, "letta-integration[bot]"),
      ...user(248085862, "letta-code"),
    ]),
    ...signals("strong", "letta-ai/letta-code (102 commits)", [line("^written by .{1,100} ◯ letta code$")]),
    ...signals("strong", "Letta Code's instructions", [
      line("^generated with \\[letta code\\]\\(https://letta\\.com/?\\)$"),
    ]),
  ],
  examples: {
    matches: [
      { author: "letta-code <248085862+letta-code@users.noreply.github.com>", is: "certain" },
      { message: "Written by Cameron ◯ Letta Code", is: "strong" },
      { author: "Letta Code <noreply@letta.com>", is: "certain" },
      { message: "👾 Generated with [Letta Code](https://letta.com)", is: "strong" },
    ],
    ignores: [
      { message: "Written by hand, not by Letta Code" },
      { author: "An Employee <someone@letta.com>" },
      { message: "Generated with [Letta](https://letta.com/blog)" },
    ],
  },
});
