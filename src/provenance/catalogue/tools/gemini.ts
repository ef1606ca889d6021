import { address, bot, botAddresses, defineTool, signals } from "../../tool/define.ts";

/** Leaves nothing by default. `gemini-cli-robot` releases the tool and is no AI. */
export const gemini = defineTool({
  tool: "Gemini",
  vendor: "Google",
  names: ["gemini cli", "gemini-cli", "gemini code assist", "google gemini"],
  signals: [
    ...signals(
      "strong",
      "GitHub's users API, 2026-07; a reviewer whose suggestions people commit",
      bot(176961590, "gemini-code-assist[bot]"),
    ),
    ...signals("strong", "commit identities of 2026-03 (150 commits)", [
      { kind: "account", id: null, login: "gemini-cli[bot]", type: "Bot" },
      ...botAddresses(218195315, "gemini-cli[bot]"),
      address("218195315+gemini-cli@users.noreply.github.com"),
    ]),
    ...signals("weak", "lists of other detectors only", [
      address("gemini-cli@users.noreply.github.com"),
      address("gemini-code-assist@google.com"),
      address("gemini@google.com"),
    ]),
    ...signals("weak", "gemini-cli's own shadow repository, which is not pushed", [
      address("gemini-cli@google.com"),
    ]),
  ],
  requests: { commands: ["@gemini-cli"] },
  examples: {
    matches: [
      {
        author: "gemini-code-assist[bot] <176961590+gemini-code-assist[bot]@users.noreply.github.com>",
        is: "strong",
      },
      { account: { id: 5, login: "gemini-cli[bot]", type: "Bot" }, is: "strong" },
      {
        message:
          "Co-authored-by: gemini-code-assist[bot] <176961590+gemini-code-assist[bot]@users.noreply.github.com>",
        is: "strong",
      },
      { message: "Co-authored-by: Gemini <gemini@google.com>", is: "weak" },
    ],
    ignores: [
      { author: "gemini-cli-robot <gemini-cli-robot@google.com>" },
      { message: "Add gemini-3.1 aliases" },
    ],
  },
});
