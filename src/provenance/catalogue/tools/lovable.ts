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
});
