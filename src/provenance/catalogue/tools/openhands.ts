import { address, branch, defineTool, namedBot, numberedAddress, signals } from "../../tool/define.ts";

/** The sandbox's git identity, always; employees write from other addresses of the domain. Formerly OpenDevin. */
export const openhands = defineTool({
  tool: "OpenHands",
  vendor: "All Hands AI",
  names: ["opendevin", "open hands"],
  signals: [
    ...signals("certain", "All-Hands-AI/OpenHands 9b9a6fc009f5 (7,219 commits)", [
      address("openhands@all-hands.dev"),
      address("opendevin@all-hands.dev"),
      address("openhands-claude@all-hands.dev"),
      address("opendevin@opendevin.ai"),
      address("bot@opendevin.com"),
    ]),
    ...signals("strong", "118 of 141 public heads carry another mark as well", [
      branch("^openhands-fix-issue-\\d{1,9}"),
      branch("^openhands-workspace-"),
      branch("^openhands/"),
    ]),
    ...signals("weak", "lists of other detectors only", [
      ...namedBot("openhands-ai[bot]"),
      numberedAddress("openhands-agent@users.noreply.github.com"),
      numberedAddress("all-hands-bot@users.noreply.github.com"),
    ]),
  ],
  requests: { commands: ["@openhands-agent"], labels: ["openhands", "fix-me"] },
  examples: {
    matches: [
      { author: "openhands <openhands@all-hands.dev>", is: "certain" },
      { message: "Co-authored-by: openhands <openhands@all-hands.dev>", is: "certain" },
      { branch: "openhands-fix-issue-42-try1", is: "strong" },
      { branch: "openhands-workspace-3f1c", is: "strong" },
      { branch: "openhands/fix-login", is: "strong" },
      { author: "OpenHands Bot <2+all-hands-bot@users.noreply.github.com>", is: "weak" },
      { label: "openhands", is: "weak" },
      { label: "fix-me", is: "weak" },
    ],
    ignores: [{ author: "An Employee <someone@all-hands.dev>" }, { branch: "openhands-docs" }],
  },
});
