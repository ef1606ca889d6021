import { address, bot, defineTool, marks } from "../define.ts";

/** No mark by default; it became Devin Desktop in 2026-06. Windsurf was Codeium's, and Cascade is a surname. */
export const windsurf = defineTool({
  tool: "Windsurf",
  vendor: "Cognition",
  names: ["cascade", "windsurf cascade", "codeium"],
  signals: [
    ...marks("strong", "GitHub's users API, 2026-07; mostly a reviewer", bot(189301087, "windsurf-bot[bot]")),
    ...marks("weak", "user-made", [
      address("noreply@codeium.com"),
      address("noreply@windsurf.com"),
      address("cascade@windsurf.com"),
    ]),
    ...marks("weak", "fastify/fastify 13a7fe7b23d6: an invented address", [address("cascade@dev.local")]),
  ],
});
