import { address, branch, defineTool, line, namedBot, signals } from "../../tool/define.ts";

/** Signed in 2025; nothing since 2026 (sst/opencode#29845). The GitHub agent is a bot. */
export const opencode = defineTool({
  tool: "opencode",
  vendor: "SST",
  names: ["open code", "opencode-cli"],
  signals: [
    ...signals("certain", "charmbracelet/crush 7627d7156", [address("noreply@opencode.ai")]),
    ...signals("strong", "charmbracelet/crush 7627d7156", [
      line("^generated (?:with|by) \\[?opencode\\]?(?:\\(https://opencode\\.ai/?\\))?$"),
    ]),
    ...signals("certain", "a count of 6,696 public pull requests, 2026-07", namedBot("opencode-agent[bot]")),
    ...signals("strong", "the GitHub agent's head branches", [branch("^opencode/")]),
  ],
});
