import { bot, coAuthorName, defineTool, signals } from "../../tool/define.ts";

/** Leaves nothing by default; the account exists, no commit of it was seen. Cody is also a person's first name. */
export const cody = defineTool({
  tool: "Cody",
  vendor: "Sourcegraph",
  names: ["sourcegraph cody"],
  signals: [
    ...signals(
      "strong",
      "GitHub's users API, 2026-07; chaoss/disclosure detection/constants.go",
      bot(201248094, "sourcegraph-cody[bot]"),
    ),
    ...signals("weak", "lists of other detectors only", [coAuthorName("sourcegraph cody")]),
  ],
  examples: {
    matches: [
      { author: "cody <201248094+sourcegraph-cody[bot]@users.noreply.github.com>", is: "strong" },
      { account: { id: 201248094, login: "sourcegraph-cody[bot]", type: "Bot" }, is: "strong" },
      { message: "Co-authored-by: Sourcegraph Cody <mona@example.com>", is: "weak" },
    ],
    ignores: [
      { author: "Cody Oss <codyoss@google.com>" },
      { message: "Co-authored-by: Cody <cody@example.com>" },
    ],
  },
});
