import { address, defineTool, line, signals } from "../../tool/define.ts";

export const letta = defineTool({
  tool: "Letta Code",
  vendor: "Letta",
  names: ["letta"],
  signals: [
    ...signals("certain", "Letta Code's source: the git identity of its harness", [
      address("noreply@letta.com"),
    ]),
    ...signals("strong", "Letta Code's instructions", [
      line("^generated with \\[letta code\\]\\(https://letta\\.com/?\\)$"),
    ]),
  ],
  examples: {
    matches: [
      { author: "Letta Code <noreply@letta.com>", is: "certain" },
      { message: "👾 Generated with [Letta Code](https://letta.com)", is: "strong" },
    ],
    ignores: [
      { author: "An Employee <someone@letta.com>" },
      { message: "Generated with [Letta](https://letta.com/blog)" },
    ],
  },
});
