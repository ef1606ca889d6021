import { addressNamed, branch, defineTool, signals } from "../../tool/define.ts";

export const trae = defineTool({
  tool: "Trae",
  vendor: "ByteDance",
  names: ["trae cli", "trae agent"],
  signals: [
    // The whole company may write from it, so the name must stand beside it.
    ...signals("strong", "public commits", [addressNamed("trae", "noreply@bytedance.com")]),
    ...signals("weak", "lists of other detectors only", [branch("^trae/agent-")]),
  ],
  examples: {
    matches: [
      { author: "Trae AI <noreply@bytedance.com>", is: "strong" },
      { branch: "trae/agent-3f1c", is: "weak" },
    ],
    ignores: [{ author: "An Employee <noreply@bytedance.com>" }, { branch: "trae/fix-login" }],
  },
});
