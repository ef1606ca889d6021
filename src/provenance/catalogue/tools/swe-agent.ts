import { address, branch, defineTool, signals } from "../../tool/define.ts";

export const sweAgent = defineTool({
  tool: "SWE-agent",
  vendor: "Princeton",
  signals: [
    ...signals("certain", "SWE-agent's source: the sandbox's git identity", [
      address("noemail@swe-agent.com"),
    ]),
    ...signals("strong", "SWE-agent's source", [branch("^swe-agent-fix-#?\\d{1,9}-\\d{8}$")]),
  ],
});
