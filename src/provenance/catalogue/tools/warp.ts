import { address, bot, branch, defineTool, line, signals } from "../../tool/define.ts";

/** The terminal's agent, called Oz in the cloud; its app changed its name several times. */
export const warp = defineTool({
  tool: "Warp",
  vendor: "Warp",
  names: ["oz", "warp agent"],
  signals: [
    ...signals("certain", "Aider-AI/aider 164a8f3844d5", [address("oz-agent@warp.dev")]),
    ...signals("certain", "warpdotdev/warp (1,779 commits); warpdotdev/warp#15907", [
      ...bot(240773466, "warp-agent-staging[bot]"),
      ...bot(240773466, "warp-dev-github-integration[bot]").slice(1),
      ...bot(277970191, "oz-for-oss[bot]"),
      ...bot(277970191, "warp-for-oss[bot]").slice(1),
      ...bot(243557089, "warp-factories[bot]"),
    ]),
    ...signals("strong", "instructions and commit scripts of public repositories", [
      address("agent@warp.dev"),
    ]),
    ...signals("strong", "warpdotdev/warp#9504, #10277 (35 commits)", [
      line(
        "^this pr was (?:generated|created) (?:with|by) \\[oz\\]\\(https://(?:www\\.)?warp\\.dev/oz\\)(?: \\(running .{1,40}\\)?)?$",
      ),
    ]),
    ...signals("strong", "the template of warpdotdev/warp's pull requests", [
      line("^\\[x\\] warp agent mode - this pr was created via warp's ai agent mode"),
    ]),
    ...signals("strong", "warpdotdev/warp (422 heads)", [branch("^oz-agent/")]),
  ],
  examples: {
    matches: [
      { author: "oz-agent <oz-agent@warp.dev>", is: "certain" },
      { author: "oz-for-oss[bot] <277970191+oz-for-oss[bot]@users.noreply.github.com>", is: "certain" },
      { author: "warp-for-oss[bot] <277970191+warp-for-oss[bot]@users.noreply.github.com>", is: "certain" },
      { account: { id: 243557089, login: "warp-factories[bot]", type: "Bot" }, is: "certain" },
      { author: "Warp <agent@warp.dev>", is: "strong" },
      { body: "_This PR was generated with [Oz](https://warp.dev/oz)._", is: "strong" },
      { body: "_This PR was created by [Oz](https://www.warp.dev/oz) (running Codex)_", is: "strong" },
      { body: "- [x] Warp Agent Mode - This PR was created via Warp's AI Agent Mode", is: "strong" },
      { branch: "oz-agent/fix-login", is: "strong" },
    ],
    ignores: [
      { author: "An Employee <someone@warp.dev>" },
      { author: "Oz Tiram <oz@example.org>" },
      { body: "- [ ] Warp Agent Mode - This PR was created via Warp's AI Agent Mode" },
      { message: "Warp the image" },
      { branch: "warp-image" },
    ],
  },
});
