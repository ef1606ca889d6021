import { bot, botAddresses, defineTool, line, signals } from "../../tool/define.ts";

/** Local work leaves nothing; the cloud agent commits as the user, with the bot as co-author. */
export const kiloCode = defineTool({
  tool: "Kilo Code",
  vendor: "Kilo",
  names: ["kilo", "kilocode"],
  signals: [
    ...signals("certain", "public commits; Kilo-Org/cloud#3638", bot(240665456, "kiloconnect[bot]")),
    ...signals("strong", "Kilo's source; ten public pull request bodies", [
      line("^built for .{1,200} by \\[kilo for (?:slack|discord)\\]\\(https://kilo\\.ai"),
    ]),
    ...signals("strong", "the same account by its newer name", botAddresses(240665456, "kilo-code-bot[bot]")),
  ],
  examples: {
    matches: [
      {
        body: "Built for [Mona](https://example.com) by [Kilo for Slack](https://kilo.ai/features/slack-integration)",
        is: "strong",
      },
      { author: "kiloconnect[bot] <240665456+kiloconnect[bot]@users.noreply.github.com>", is: "certain" },
      { author: "kilo-code-bot[bot] <240665456+kilo-code-bot[bot]@users.noreply.github.com>", is: "strong" },
    ],
    ignores: [
      { body: "Built for Mona by hand" },
      { author: "Kilo Ren <kilo@example.com>" },
      { message: "Weigh a kilo of code" },
    ],
  },
});
