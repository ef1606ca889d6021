import { bot, branch, defineTool, line, link, signals } from "../../tool/define.ts";

/** The commits are the bot's, the pull request may be a person's. */
export const jules = defineTool({
  tool: "Jules",
  vendor: "Google",
  names: ["google jules", "google-labs-jules"],
  signals: [
    ...signals(
      "certain",
      "renovatebot/renovate 8dc323753588; RooCodeInc/Roo-Code",
      bot(161369871, "google-labs-jules[bot]"),
    ),
    ...signals("strong", "public pull request bodies, 2025 and 2026", [
      line("^pr created automatically by jules for task "),
      line("^https://jules\\.google\\.com/task/\\d{5,25}$"),
    ]),
    ...signals("weak", "a link within a sentence may be a reference", [
      link("jules.google.com", "^/task/\\d"),
    ]),
    ...signals("strong", "RooCodeInc/Roo-Code: the task's number ends the name", [
      branch("^jules[/-].{0,200}\\d{12,20}$"),
      // Not the nineteen digits of a time in nanoseconds, with which scripts name branches.
      branch("-(?:\\d{18}|\\d{20}|[2-9]\\d{18}|1[0-5]\\d{17})$"),
    ]),
    ...signals("weak", "without the number it may be a person called Jules", [branch("^jules/")]),
  ],
  requests: {
    commands: ["@jules"],
    labels: ["jules"],
    lines: ["^pr created automatically by jules for task \\S{1,200} started by @?([a-z\\d-]{1,39})"],
  },
  examples: {
    matches: [
      {
        author: "google-labs-jules[bot] <161369871+google-labs-jules[bot]@users.noreply.github.com>",
        is: "certain",
      },
      { account: { id: 161369871, login: "google-labs-jules", type: "Bot" }, is: "certain" },
      {
        body: "*PR created automatically by Jules for task [1431](https://jules.google.com/task/1431) started by @mona*",
        is: "strong",
      },
      { body: "https://jules.google.com/task/14791786536596206223", is: "strong" },
      { body: "An idea of https://jules.google.com/task/1431 was dropped", is: "weak" },
      { branch: "fix-login-14791786536596206223", is: "strong" },
      { branch: "jules-fix-login-14791786536596206223", is: "strong" },
      { branch: "jules/fix-login", is: "weak" },
      { label: "jules", is: "weak" },
    ],
    ignores: [
      { author: "Jules Mons <jules@example.org>" },
      { branch: "deploy-1732352400000000000" },
      { branch: "release-20260101120000" },
    ],
  },
});
