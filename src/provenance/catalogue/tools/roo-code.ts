import { address, bot, branch, defineTool, marks, numberedAddress } from "../define.ts";

/** The cloud agent always signs (until 2026-05). A branch called `roo-…` was never its. */
export const rooCode = defineTool({
  tool: "Roo Code",
  vendor: "Roo Code",
  names: ["roo", "roomote", "roo-code"],
  signals: [
    ...marks("certain", "RooCodeInc/Roo-Code (3,154 commits), 193053110bc8", [
      address("roomote@roocode.com"),
      ...bot(219738659, "roomote[bot]"),
    ]),
    ...marks("certain", "RooCodeInc/Roo-Code (206 pull requests)", [
      { kind: "account", id: null, login: "roomote-v0[bot]", type: "Bot" },
      numberedAddress("roomote-v0[bot]@users.noreply.github.com"),
    ]),
    ...marks("strong", "an account verified in 2026; no commit seen", bot(301996811, "roomote-roomote[bot]")),
    ...marks("strong", "RooCodeInc/Roo-Code: head branches", [branch("^roomote/")]),
    ...marks("weak", "not seen", [address("roomote@roomote.dev")]),
    ...marks("weak", "RooCodeInc/Roo-Code db76904288e4: once", [address("roo@roocode.com")]),
  ],
});
