import { bot, botAddresses, defineTool, signals } from "../../tool/define.ts";

/** Local work leaves nothing; the cloud agent commits as the user, with the bot as co-author. */
export const kiloCode = defineTool({
  tool: "Kilo Code",
  vendor: "Kilo",
  names: ["kilo", "kilocode"],
  signals: [
    ...signals("certain", "public commits; Kilo-Org/cloud#3638", bot(240665456, "kiloconnect[bot]")),
    ...signals("strong", "the same account by its newer name", botAddresses(240665456, "kilo-code-bot[bot]")),
  ],
  examples: {
    matches: [
      { author: "kiloconnect[bot] <240665456+kiloconnect[bot]@users.noreply.github.com>", is: "certain" },
      { author: "kilo-code-bot[bot] <240665456+kilo-code-bot[bot]@users.noreply.github.com>", is: "strong" },
    ],
    ignores: [{ author: "Kilo Ren <kilo@example.com>" }, { message: "Weigh a kilo of code" }],
  },
});
