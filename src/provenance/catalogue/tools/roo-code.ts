import { address, bot, branch, defineTool, numberedAddress, signals } from "../../tool/define.ts";

/** The cloud agent always signs (until 2026-05). A branch called `roo-…` was never its. */
export const rooCode = defineTool({
  tool: "Roo Code",
  vendor: "Roo Code",
  names: ["roo", "roomote", "roo-code"],
  signals: [
    ...signals("certain", "RooCodeInc/Roo-Code (3,154 commits), 193053110bc8", [
      address("roomote@roocode.com"),
      ...bot(219738659, "roomote[bot]"),
    ]),
    ...signals("certain", "RooCodeInc/Roo-Code (206 pull requests)", [
      { kind: "account", id: null, login: "roomote-v0[bot]", type: "Bot" },
      numberedAddress("roomote-v0[bot]@users.noreply.github.com"),
    ]),
    ...signals(
      "strong",
      "an account verified in 2026; no commit seen",
      bot(301996811, "roomote-roomote[bot]"),
    ),
    ...signals("strong", "RooCodeInc/Roo-Code: head branches", [branch("^roomote/")]),
    ...signals("weak", "not seen", [address("roomote@roomote.dev")]),
    ...signals("weak", "RooCodeInc/Roo-Code db76904288e4: once", [address("roo@roocode.com")]),
  ],
  examples: {
    matches: [
      { author: "Roo Code <roomote@roocode.com>", is: "certain" },
      { author: "roomote[bot] <219738659+roomote[bot]@users.noreply.github.com>", is: "certain" },
      {
        author: "roomote-roomote[bot] <301996811+roomote-roomote[bot]@users.noreply.github.com>",
        is: "strong",
      },
      { branch: "roomote/fix-login", is: "strong" },
      { author: "Roo <roo@roocode.com>", is: "weak" },
    ],
    ignores: [
      { author: "Eric Wheeler <roo-code@z.ewheeler.org>" },
      { author: "An Employee <someone@roocode.com>" },
      { branch: "roo-fix" },
    ],
  },
});
