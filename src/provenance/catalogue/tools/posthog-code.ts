import { address, bot, branch, defineTool, line, signals } from "../../tool/define.ts";

/** Its commits also say `Generated-By: PostHog Code`, which is a declaration. */
export const posthogCode = defineTool({
  tool: "PostHog Code",
  vendor: "PostHog",
  names: ["posthog-code"],
  signals: [
    ...signals("certain", "PostHog/code (294 commits); PostHog/code#1431", [
      address("code@posthog.com"),
      ...bot(206114724, "posthog[bot]"),
    ]),
    ...signals("strong", "PostHog/code's source", [
      line("^created with \\[posthog code\\]\\(https://posthog\\.com/code"),
      branch("^posthog-code/"),
    ]),
  ],
  examples: {
    matches: [
      { author: "PostHog Code <code@posthog.com>", is: "certain" },
      { account: { id: 206114724, login: "posthog[bot]", type: "Bot" }, is: "certain" },
      { body: "*Created with [PostHog Code](https://posthog.com/code?ref=pr)*", is: "strong" },
      { message: "Generated-By: PostHog Code", is: "strong" },
      { branch: "posthog-code/fix-login", is: "strong" },
    ],
    ignores: [
      { author: "An Employee <someone@posthog.com>" },
      { body: "See [PostHog Code](https://posthog.com/code)" },
      { branch: "posthog-client" },
    ],
  },
});
