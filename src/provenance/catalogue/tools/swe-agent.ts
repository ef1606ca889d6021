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
  examples: {
    matches: [
      { author: "SWE-agent <noemail@swe-agent.com>", is: "certain" },
      { branch: "swe-agent-fix-#42-12345678", is: "strong" },
    ],
    ignores: [{ branch: "swe-agent-docs" }, { author: "Somebody <someone@swe-agent.com>" }],
  },
});
