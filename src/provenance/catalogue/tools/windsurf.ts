import { address, bot, defineTool, signals } from "../../tool/define.ts";

/** No signal by default; it became Devin Desktop in 2026-06. Windsurf was Codeium's, and Cascade is a surname. */
export const windsurf = defineTool({
  tool: "Windsurf",
  vendor: "Cognition",
  names: ["cascade", "windsurf cascade", "codeium"],
  signals: [
    ...signals(
      "strong",
      "GitHub's users API, 2026-07; mostly a reviewer",
      bot(189301087, "windsurf-bot[bot]"),
    ),
    ...signals("weak", "user-made", [
      address("noreply@codeium.com"),
      address("noreply@windsurf.com"),
      address("cascade@windsurf.com"),
    ]),
    ...signals("weak", "fastify/fastify 13a7fe7b23d6: an invented address", [address("cascade@dev.local")]),
  ],
  examples: {
    matches: [
      { author: "windsurf-bot[bot] <189301087+windsurf-bot[bot]@users.noreply.github.com>", is: "strong" },
      { author: "Cascade <cascade@windsurf.com>", is: "weak" },
      { author: "Cascade <cascade@dev.local>", is: "weak" },
    ],
    ignores: [
      { author: "Kyle Cascade <kyle@example.net>" },
      { author: "An Employee <someone@windsurf.com>" },
    ],
  },
});
