import { address, bot, botAddresses, defineTool, signals, trailer } from "../../tool/define.ts";

/** Always signs, and pushes straight to the default branch. */
export const lovable = defineTool({
  tool: "Lovable",
  vendor: "Lovable",
  names: ["gpt engineer", "gpt-engineer"],
  signals: [
    ...signals("certain", "a public commit 4b1c4867e685", [
      ...bot(159125892, "gpt-engineer-app[bot]"),
      ...botAddresses(159125892, "lovable-dev[bot]"),
    ]),
    ...signals("strong", "public commits of 2026", [trailer("x-lovable-edit-id", "^edt-")]),
    ...signals("weak", "not verified", [address("noreply@lovable.dev")]),
  ],
  examples: {
    matches: [
      {
        author: "gpt-engineer-app[bot] <159125892+gpt-engineer-app[bot]@users.noreply.github.com>",
        is: "certain",
      },
      { message: "X-Lovable-Edit-ID: edt-3f1c2b4a", is: "strong" },
      { author: "Lovable <noreply@lovable.dev>", is: "weak" },
    ],
    ignores: [{ author: "An Employee <someone@lovable.dev>" }, { message: "X-Lovable-Edit-ID: none" }],
  },
});
