import {
  account,
  address,
  branch,
  coAuthorName,
  defineTool,
  line,
  numberedAddress,
  signals,
  trailer,
} from "../../tool/define.ts";

/** The coding agent, the command line, the app and the editor. */
export const copilot = defineTool({
  tool: "GitHub Copilot",
  vendor: "GitHub",
  names: ["copilot", "github-copilot", "copilot-cli", "copilot cli", "github copilot cli", "copilot agent"],
  signals: [
    // REST shows the login "Copilot", GraphQL "copilot-swe-agent"; the id is the same.
    ...signals("certain", "Azure/azure-sdk-tools a655aaed3e9e, 0dd29aae7322 (2,095 commits)", [
      account(198982749, "Copilot", "copilot-swe-agent"),
      address("198982749+copilot@users.noreply.github.com"),
      numberedAddress("copilot-swe-agent[bot]@users.noreply.github.com"),
      numberedAddress("copilot[bot]@users.noreply.github.com"),
    ]),
    ...signals("certain", "Azure/azure-sdk-tools 7e99029f3335; github/copilot-cli#3177", [
      address("223556219+copilot@users.noreply.github.com"),
    ]),
    ...signals("strong", "Azure/azure-sdk-tools 492b2c19a4fc; commit identities of 2026-03", [
      numberedAddress("copilot@users.noreply.github.com"),
    ]),
    ...signals("strong", "GitHub's users API, 2026-07", [account(167198135, "Copilot[bot]")]),
    // Two editor versions also added it to commits without AI: 45 of 68 public commits that carry it.
    ...signals(
      "strong",
      "the editor's git.addAICoAuthor; microsoft/vscode#314311, #313064, #313931",
      [address("copilot@github.com", ["co-author"])],
      { from: "2026-04-22", until: "2026-05-06" },
    ),
    ...signals("strong", "Azure/azure-sdk-tools e850896f7366, bc7b9ac8bcf3", [
      trailer("agent-logs-url", "^https://github\\.com/\\S{1,200}/sessions/"),
      trailer("copilot-session", "^[\\da-f-]{20,64}$"),
    ]),
    ...signals("strong", "Doenet/DoenetML#1305", [
      line(
        "^generated (?:with|by) \\[?github copilot\\]?(?:\\(https://github\\.com/features/copilot/?\\))?$",
      ),
    ]),
    ...signals("strong", "public commits under people's own addresses, 2025 and 2026", [
      coAuthorName("github copilot"),
    ]),
    ...signals("strong", "the only prefix the coding agent may push to; 133 of 173 public heads", [
      branch("^copilot/"),
    ]),
    ...signals("weak", "Azure/azure-sdk-tools: the subject of the agent's first commit", [
      line("^initial plan$", ["message"]),
    ]),
  ],
  requests: { commands: ["@copilot"], timelineEvent: "copilot_work_started" },
  examples: {
    matches: [
      { author: "Copilot <198982749+Copilot@users.noreply.github.com>", is: "certain" },
      { author: "Copilot <1+copilot-swe-agent[bot]@users.noreply.github.com>", is: "certain" },
      { author: "Copilot <123+Copilot@users.noreply.github.com>", is: "strong" },
      { account: { id: 198982749, login: "copilot-swe-agent", type: "Bot" }, is: "certain" },
      { account: { id: 198982749, login: "Copilot", type: "Bot" }, is: "certain" },
      { message: "Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>", is: "certain" },
      { message: "Co-authored-by: Copilot <copilot@github.com>", is: "strong" },
      { message: "Co-authored-by: GitHub Copilot <mona@example.com>", is: "strong" },
      { message: "Copilot-Session: 3f1c2b4a-0d9e-4a7b-8c6d-5e4f3a2b1c0d", is: "strong" },
      { message: "Agent-Logs-Url: https://github.com/acme/shop/sessions/3f1c2b4a", is: "strong" },
      { message: "🤖 Generated with [GitHub Copilot](https://github.com/features/copilot)", is: "strong" },
      { branch: "copilot/fix-142", is: "strong" },
      { message: "Initial plan", is: "weak" },
    ],
    ignores: [
      { message: "Copilot: Added accesibility to the page" },
      { message: "Link the copilot page" },
      { branch: "feature/copilot/page" },
      { branch: "copilot-page" },
      { body: "Initial plan" },
    ],
  },
});
