import { address, bot, branch, defineTool, line, link, signals } from "../../tool/define.ts";

/** A bot author by default; it can also commit as the user who asked. */
export const devin = defineTool({
  tool: "Devin",
  vendor: "Cognition",
  names: ["devin ai", "devin-cli", "devin cli"],
  signals: [
    ...signals(
      "certain",
      "git-ai-project/git-ai 9259bd4b0307 (479 commits)",
      bot(158243242, "devin-ai-integration[bot]"),
    ),
    ...signals(
      "certain",
      "its second account: 6 public commits",
      bot(248786709, "beta-devin-ai-integration[bot]"),
    ),
    ...signals("strong", "commit identities of 2026-03 (1,300 commits)", [address("noreply@cognition.ai")]),
    ...signals("weak", "lists of other detectors only", [
      address("devin@cognition.ai"),
      address("devin@devin.ai"),
    ]),
    ...signals("strong", "123 of 128 merged pull requests carry another mark as well", [
      branch("^devin/\\d{10}-"),
    ]),
    ...signals("weak", "without the time it may be a person called Devin", [branch("^devin/")]),
    ...signals("strong", "antiwork/gumroad", [
      line("^link to devin (?:run|session):? {0,3}https://app\\.devin\\.ai/sessions/[\\da-f]{32}"),
      line("^https://app\\.devin\\.ai/sessions/[\\da-f]{32}$"),
    ]),
    ...signals("weak", "a link within a sentence may be a reference", [link("app.devin.ai", "^/sessions/")]),
    ...signals("strong", "public documents and commit scripts of 2026, beside the bot's own trailer", [
      line("^generated with \\[devin\\]\\(https://(?:cli\\.|app\\.)?devin\\.ai[/)]"),
    ]),
  ],
  requests: {
    commands: ["@devin-ai-integration"],
    lines: ["^requested by: @([a-z\\d-]{1,39})"],
    beside: "https://app.devin.ai/sessions/",
  },
  examples: {
    matches: [
      {
        author: "Devin AI <248786709+beta-devin-ai-integration[bot]@users.noreply.github.com>",
        is: "certain",
      },
      { author: "Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>", is: "certain" },
      { account: { id: 158243242, login: "devin-ai-integration", type: "Bot" }, is: "certain" },
      { author: "Devin <noreply@cognition.ai>", is: "strong" },
      { message: "Generated with [Devin](https://cli.devin.ai/docs)", is: "strong" },
      {
        body: "**Link to Devin run**: https://app.devin.ai/sessions/be23be23be23be23be23be23be23be23",
        is: "strong",
      },
      { body: "https://app.devin.ai/sessions/be23be23be23be23be23be23be23be23", is: "strong" },
      { body: "An idea from https://app.devin.ai/sessions/1 was dropped", is: "weak" },
      { branch: "devin/1741891200-fix-login", is: "strong" },
      { branch: "devin/fix-login", is: "weak" },
    ],
    ignores: [
      { author: "Devin Wong <devin.wong@example.com>" },
      { author: "An Employee <someone@cognition.ai>" },
      { branch: "Devinwong/fix" },
      { branch: "devin-wong/1741891200-fix" },
    ],
  },
});
