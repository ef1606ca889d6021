import { address, bot, branch, defineTool, line, marks, user } from "./define.ts";

/** The autonomous agent always leaves its account; the IDE and the command line leave nothing by default. */
export const kiro = defineTool({
  tool: "Kiro",
  vendor: "Amazon Web Services",
  signals: [
    ...marks("certain", "aws/amazon-q-developer-cli d29277d47577; github.com/apps/kiro-agent", [
      ...bot(245459735, "kiro-agent[bot]"),
      ...user(244629292, "kiro-agent"),
      address("kiro-agent@users.noreply.github.com"),
    ]),
    ...marks("strong", "public pull request bodies, 2026", [
      line("^this pull request was created by @?kiro-agent on behalf of @"),
      line("^(?:kiro session: )?https://app\\.kiro\\.dev/session/[\\w-]{1,80}$"),
      address("noreply@kiro.dev"),
    ]),
    ...marks("weak", "public pull request bodies, 2026", [
      line("\\[learn about kiro autonomous agent\\]\\(https://kiro\\.dev/"),
      line("https://app\\.kiro\\.dev/session/"),
    ]),
    ...marks("weak", "aws/amazon-q-developer-cli d29277d47577: the name alone proves little", [
      { kind: "coauthor-name", name: "kiro agent" },
    ]),
    ...marks("weak", "lists of other detectors; not seen", [branch("^kiro/")]),
  ],
  requests: {
    commands: ["/kiro"],
    lines: ["^this pull request was created by @?kiro-agent on behalf of @([a-z\\d-]{1,39})"],
  },
});
