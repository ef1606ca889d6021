import { address, defineTool, line, signals, trailer } from "../../tool/define.ts";

/** On by default: `amp.git.commit.ampThread.enabled`, `amp.git.commit.coauthor.enabled`. */
export const amp = defineTool({
  tool: "Amp",
  vendor: "Sourcegraph",
  names: ["sourcegraph amp", "ampcode"],
  signals: [
    ...signals("certain", "steveyegge/beads 2a9218833730 (1,300 commits)", [address("amp@ampcode.com")]),
    ...signals("strong", "steveyegge/beads, ghostty-org/ghostty (1,221 commits)", [
      trailer("amp-thread-id", "^https://ampcode\\.com/threads/t-"),
      trailer("amp-thread", "^https://ampcode\\.com/threads/t-"),
    ]),
    ...signals("strong", "tempoxyz/tempo ecb79ba02741 (38 commits)", [
      line("^https://ampcode\\.com/threads/t-[\\da-f-]{36}$"),
    ]),
    ...signals("weak", "lists of other detectors only", [address("amp@sourcegraph.com")]),
    ...signals("weak", "steveyegge/beads 332527aeddf1: an invented address anybody may use", [
      address("amp@example.com"),
    ]),
  ],
  examples: {
    matches: [
      { author: "Amp <amp@ampcode.com>", is: "certain" },
      { message: "Co-authored-by: Amp <amp@ampcode.com>", is: "certain" },
      { message: "Amp-Thread-ID: https://ampcode.com/threads/T-0193b1f0-8d5e", is: "strong" },
      { message: "Amp-Thread: https://ampcode.com/threads/T-0193b1f0-8d5e", is: "strong" },
      { message: "Amp thread: https://ampcode.com/threads/T-0193b1f0-8d5e", is: "strong" },
      { message: "https://ampcode.com/threads/T-0193b1f0-8d5e-7c21-9a40-3f1c2b4a5d6e", is: "strong" },
      { author: "Amp <amp@example.com>", is: "weak" },
    ],
    ignores: [
      { message: "See https://ampcode.com/threads/T-0193b1f0-8d5e-7c21-9a40-3f1c2b4a5d6e" },
      { author: "An Employee <someone@ampcode.com>" },
      { message: "Amp-Thread-ID: 17" },
      { message: "Amp-Settings: https://ampcode.com/settings" },
    ],
  },
});
