import { address, bot, defineTool, signals } from "../../tool/define.ts";

/** A co-author trailer in some versions of the command line and the IDE. */
export const junie = defineTool({
  tool: "Junie",
  vendor: "JetBrains",
  names: ["jetbrains junie"],
  signals: [
    ...signals("strong", "instructions and commit scripts of public repositories, 2026", [
      address("junie@jetbrains.com"),
    ]),
    ...signals("certain", "Hiosdra/CommitMessageCleanerPlugin#59", bot(201638009, "jetbrains-junie[bot]")),
    ...signals("strong", "GitHub's users API, 2026-07", bot(220155983, "jetbrains-ai[bot]")),
    ...signals("weak", "lists of other detectors only", bot(311396830, "junie-the-developer[bot]")),
  ],
  examples: {
    matches: [
      { author: "Junie <junie@jetbrains.com>", is: "strong" },
      {
        author: "jetbrains-junie[bot] <201638009+jetbrains-junie[bot]@users.noreply.github.com>",
        is: "certain",
      },
      {
        author: "junie-the-developer[bot] <311396830+junie-the-developer[bot]@users.noreply.github.com>",
        is: "weak",
      },
    ],
    ignores: [
      { author: "Junie Kim <junie.kim@example.com>" },
      { author: "An Employee <someone@jetbrains.com>" },
    ],
  },
});
