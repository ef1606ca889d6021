import { address, bot, branch, defineTool, signals } from "../../tool/define.ts";

/** The editor and the command line leave nothing; the cloud agent is a bot. Cline is also a surname. */
export const cline = defineTool({
  tool: "Cline",
  vendor: "Cline Bot",
  names: ["cline agent"],
  signals: [
    ...signals("certain", "cline/cline (16 commits)", bot(276134852, "cline-cloud[bot]")),
    ...signals("strong", "GitHub's users API, 2026-07", bot(205137888, "cline[bot]")),
    ...signals("strong", "cline/cline d00e445a26; employees write from other addresses of that domain", [
      address("cline-agent@users.noreply.github.com"),
      address("noreply@cline.bot"),
    ]),
    ...signals("weak", "RooCodeInc/Roo-Code 1069fda6436a, cline/cline 59308891753f: an invented address", [
      address("cline@example.com"),
    ]),
    ...signals("weak", "lists of other detectors only", [branch("^cline/")]),
  ],
  examples: {
    matches: [
      { author: "cline-cloud[bot] <276134852+cline-cloud[bot]@users.noreply.github.com>", is: "certain" },
      { author: "cline[bot] <205137888+cline[bot]@users.noreply.github.com>", is: "strong" },
      { author: "Cline <noreply@cline.bot>", is: "strong" },
      { author: "Cline <cline@example.com>", is: "weak" },
      { branch: "cline/fix-login", is: "weak" },
    ],
    ignores: [
      { author: "Travis Cline <travis.cline@gmail.com>" },
      { author: "Max Paulus <max@cline.bot>" },
      { branch: "decline/offer" },
    ],
  },
});
