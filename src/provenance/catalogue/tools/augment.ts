import { address, defineTool, line, namedBot, signals, trailer } from "../../tool/define.ts";

/** The IDE agent signs pull requests; commits carry nothing. Auggie is part of people's addresses. */
export const augment = defineTool({
  tool: "Augment Code",
  vendor: "Augment",
  names: ["augment", "auggie", "augment agent"],
  signals: [
    ...signals("strong", "more than ten public pull request bodies, 2025 and 2026", [
      line("^pull request opened by \\[?augment code\\b"),
      line("^co-authored by \\[?augment code\\b"),
    ]),
    ...signals("weak", "commits of one pull request it made; a key that anybody may use", [
      trailer("agent-id", "^agent-[\\da-f]{8}-"),
    ]),
    ...signals("weak", "lists of other detectors only; a reviewer", namedBot("augmentcode[bot]")),
    ...signals("weak", "user-made", [address("noreply@augmentcode.com"), address("augment@augmentcode.com")]),
  ],
  examples: {
    matches: [
      {
        body: "Pull Request opened by [Augment Code](https://www.augmentcode.com/) with guidance from the PR author",
        is: "strong",
      },
      { message: "Co-authored by Augment Code", is: "strong" },
      { message: "Agent-Id: agent-1a2b3c4d-5e6f", is: "weak" },
      { author: "Augment <noreply@augmentcode.com>", is: "weak" },
    ],
    ignores: [
      { author: "Stephen Augustus <foo@auggie.dev>" },
      { message: "Agent-Id: 42" },
      { body: "Pull request opened by augmented reality fans" },
    ],
  },
});
