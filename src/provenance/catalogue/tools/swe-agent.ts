import { address, branch, defineTool, marks } from "../define.ts";

export const sweAgent = defineTool({
  tool: "SWE-agent",
  vendor: "Princeton",
  signals: [
    ...marks("certain", "SWE-agent's source: the sandbox's git identity", [address("noemail@swe-agent.com")]),
    ...marks("strong", "SWE-agent's source", [branch("^swe-agent-fix-#?\\d{1,9}-\\d{8}$")]),
  ],
});
