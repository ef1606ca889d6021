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
});
