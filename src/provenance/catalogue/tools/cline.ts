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
});
