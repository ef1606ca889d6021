import { address, defineTool, line, marks } from "../define.ts";

export const letta = defineTool({
  tool: "Letta Code",
  vendor: "Letta",
  names: ["letta"],
  signals: [
    ...marks("certain", "Letta Code's source: the git identity of its harness", [
      address("noreply@letta.com"),
    ]),
    ...marks("strong", "Letta Code's instructions", [
      line("^generated with \\[letta code\\]\\(https://letta\\.com/?\\)$"),
    ]),
  ],
});
