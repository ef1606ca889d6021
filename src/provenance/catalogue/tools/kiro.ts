import {
  address,
  bot,
  branch,
  coAuthorName,
  defineTool,
  line,
  link,
  signals,
  user,
} from "../../tool/define.ts";

/** The autonomous agent always leaves its account; the IDE and the command line leave nothing by default. */
export const kiro = defineTool({
  tool: "Kiro",
  vendor: "Amazon Web Services",
  names: ["amazon kiro", "kiro agent", "kiro cli", "kiro-cli"],
  signals: [
    ...signals("certain", "aws/amazon-q-developer-cli d29277d47577; github.com/apps/kiro-agent", [
      ...bot(245459735, "kiro-agent[bot]"),
      ...user(244629292, "kiro-agent"),
      address("kiro-agent@users.noreply.github.com"),
    ]),
    ...signals("strong", "public pull request bodies, 2026", [
      line("^this pull request was created by @?kiro-agent on behalf of @"),
      line("^https://app\\.kiro\\.dev/session/[\\w-]{1,80}$"),
      line("^kiro session: https://app\\.kiro\\.dev/session/[\\w-]{1,80}$"),
      address("noreply@kiro.dev"),
    ]),
    ...signals("strong", "aws/amazon-q-developer-cli d29277d47577; nobody is called so", [
      coAuthorName("kiro agent"),
    ]),
    ...signals("weak", "public pull request bodies, 2026; a link may be a reference", [
      line("^\\[learn about kiro autonomous agent\\]\\(https://kiro\\.dev/"),
      link("app.kiro.dev", "^/session/"),
    ]),
    ...signals("weak", "lists of other detectors; not seen", [branch("^kiro/")]),
  ],
  requests: {
    commands: ["/kiro"],
    labels: ["kiro"],
    lines: ["^this pull request was created by @?kiro-agent on behalf of @([a-z\\d-]{1,39})"],
  },
  examples: {
    matches: [
      { author: "kiro-agent[bot] <245459735+kiro-agent[bot]@users.noreply.github.com>", is: "certain" },
      { author: "kiro-agent[bot] <kiro-agent[bot]@users.noreply.github.com>", is: "certain" },
      { account: { id: 245459735, login: "kiro-agent", type: "Bot" }, is: "certain" },
      {
        message: "Co-authored-by: Kiro Agent <244629292+kiro-agent@users.noreply.github.com>",
        is: "certain",
      },
      { message: "Co-authored-by: Kiro <noreply@kiro.dev>", is: "strong" },
      { message: "Co-authored-by: Kiro Agent <mona@example.com>", is: "strong" },
      { body: "This pull request was created by @kiro-agent on behalf of @mona :ghost:", is: "strong" },
      { body: "https://app.kiro.dev/session/3f1c2b4a", is: "strong" },
      { body: "Kiro session: https://app.kiro.dev/session/3f1c2b4a", is: "strong" },
      { body: "[Learn about Kiro autonomous agent](https://kiro.dev/autonomous-agent/)", is: "weak" },
      { body: "An idea of https://app.kiro.dev/session/3f1c2b4a was dropped", is: "weak" },
      { branch: "kiro/fix-login", is: "weak" },
      { label: "kiro", is: "weak" },
    ],
    ignores: [
      { author: "Kiro Tanaka <kiro@example.com>" },
      { message: "Add docs for kiro" },
      { branch: "kiro" },
    ],
  },
});
