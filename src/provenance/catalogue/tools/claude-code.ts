import {
  account,
  address,
  bot,
  branch,
  coAuthorName,
  defineTool,
  line,
  numberedAddress,
  signals,
  trailer,
  user,
} from "../../tool/define.ts";

/** On by default; `attribution: {commit: "", pr: ""}` switches it off, though a session trailer may remain. */
export const claudeCode = defineTool({
  tool: "Claude Code",
  vendor: "Anthropic",
  names: ["claude", "claude-code", "claude code cli"],
  signals: [
    ...signals("certain", "honojs/hono 9925a702a080 and 15,915 commits in 24 repositories", [
      address("noreply@anthropic.com"),
    ]),
    ...signals(
      "certain",
      "the user account that GitHub links to noreply@anthropic.com",
      user(81847, "claude"),
    ),
    // The action also commits under github-actions' number: the number alone decides nothing.
    ...signals("certain", "anthropics/claude-code-action c9f187d599ab; linear-b/gitstream 0c797d446351", [
      account(209825114, "claude[bot]"),
      numberedAddress("claude[bot]@users.noreply.github.com"),
    ]),
    ...signals("certain", "GitHub's users API, 2026-07", [
      ...bot(208546643, "claude-code-action[bot]"),
      ...bot(215619710, "anthropic-claude[bot]"),
    ]),
    ...signals("certain", "GitHub Agent HQ, shown as Claude; commit identities of 2026-03", [
      ...bot(242468646, "anthropic-code-agent[bot]"),
      address("242468646+claude@users.noreply.github.com"),
    ]),
    ...signals("strong", "author names in public repositories; employees write from other addresses", [
      address("claude@anthropic.com"),
      address("assistant@anthropic.com"),
    ]),
    ...signals("strong", "anthropics/claude-code-action 4d2370c6d8dd, 846d5d89", [
      { kind: "account", id: null, login: "claude-code[bot]", type: "Bot" },
      numberedAddress("claude-code[bot]@users.noreply.github.com"),
    ]),
    ...signals("strong", "honojs/hono afd70a5b5cae; anthropics/claude-code#77830", [
      trailer("claude-session", "^<?https://(?:www\\.)?claude\\.(?:ai|com)/code/session_"),
      line("^https://claude\\.(?:ai|com)/code/session_[\\w?#=&/-]{1,200}$"),
    ]),
    ...signals("strong", "public commits of 2025 and 2026, e.g. 1cb675955be6", [
      trailer("claude-generated-by"),
      trailer("claude-steers"),
      trailer("claude-permission-prompts"),
      trailer("claude-escapes"),
    ]),
    // Whatever it links to: Claude Code on the web links to the session, others to the product in changing places.
    ...signals(
      "strong",
      "2,684 commits; anthropics/claude-code-action's update-comment-link.ts; avresial/FinanceManager#500, warp-drive-data/warp-drive#11158",
      [
        line("^generated (?:with|by) \\[?claude code\\]?$"),
        line("^generated (?:with|by) \\[claude code\\]\\([^\\s()]{1,250}\\)?$"),
        line("^generated with \\[claude code\\]\\([^\\s()]{1,250}\\) \\([^()]{1,60}"),
      ],
    ),
    ...signals("strong", "public commits under people's own addresses, 2025 and 2026", [
      coAuthorName("claude code"),
    ]),
    ...signals("strong", "anthropics/claude-code-action branch names; 44 of 52 public heads", [
      branch("^claude/(?:issue|pr)-\\d{1,9}-\\d{8}[-_]\\d{4,6}$"),
      branch("^claude/.{1,200}-[a-z\\d]{5,32}$"),
      branch("^add-claude-github-actions-\\d{9,14}$"),
    ]),
    ...signals("weak", "the prefix alone could be the topic of a person called Claude", [branch("^claude/")]),
    ...signals("weak", "lists of other detectors only", [address("claude@agent"), address("claude@local")]),
  ],
  // The label is anthropics/claude-code-action's default.
  requests: { commands: ["@claude"], labels: ["claude"] },
  examples: {
    matches: [
      { author: "Claude <noreply@anthropic.com>", is: "certain" },
      { author: "Claude <NoReply@Anthropic.com>", is: "certain" },
      { author: "claude[bot] <41898282+claude[bot]@users.noreply.github.com>", is: "certain" },
      { author: "Claude <242468646+Claude@users.noreply.github.com>", is: "certain" },
      { author: "Claude <claude@anthropic.com>", is: "strong" },
      { author: "claude-code[bot] <claude-code[bot]@users.noreply.github.com>", is: "strong" },
      { account: { id: 81847, login: "claude", type: "User" }, is: "certain" },
      { account: { id: 999, login: "claude-code", type: "Bot" }, is: "strong" },
      { message: "Co-authored-by: Claude Opus 4.6 (1M context) <noreply@anthropic.com>", is: "certain" },
      { body: "Co-Authored-By: Claude <noreply@anthropic.com>", is: "certain" },
      { message: "Co-authored-by: Claude Code <mona@example.com>", is: "strong" },
      { message: "🤖 Generated with [Claude Code](https://claude.com/claude-code)", is: "strong" },
      { message: "🐙 Generated with [Claude Code](https://claude.ai/code)", is: "strong" },
      { message: "Generated with Claude Code", is: "strong" },
      { body: "🤖 Generated with [Claude Code](https://claude.com/claude-code)", is: "strong" },
      { message: "Claude-Session: https://claude.ai/code/session_01ABCdef", is: "strong" },
      { message: "Claude-Session: https://claude.com/code/session_01ABCdef", is: "strong" },
      { message: "https://claude.ai/code/session_01ABCdef", is: "strong" },
      { message: "https://claude.com/code/session_01ABCdef", is: "strong" },
      { body: "_Generated by [Claude Code](https://claude.ai/code/session_01ABCdef)_", is: "strong" },
      { body: "_Generated by [Claude Code](https://claude.com/code/session_01ABCdef)_", is: "strong" },
      {
        body: "<sub>Generated by [Claude Code](https://claude.ai/code/session_01ABCdef?pr=7)</sub>",
        is: "strong",
      },
      { body: "Generated by [Claude Code](<https://claude.ai/code/session_01ABCdef>)", is: "strong" },
      { body: "🤖 Generated with [Claude Code](https://www.claude.com/product/claude-code)", is: "strong" },
      { message: "Generated with [Claude Code](https://claude.ai/code) (Opus 4.6)", is: "strong" },
      { message: "https://claude.ai/code/session_01ABCdef?pr=7", is: "strong" },
      { message: "Claude-Generated-By: Claude Code (cli/claude-opus-4-6=100%)", is: "strong" },
      { message: "Claude-Steers: 3", is: "strong" },
      { message: "Claude-Permission-Prompts: 2", is: "strong" },
      { message: "Claude-Escapes: 0", is: "strong" },
      { branch: "claude/issue-122-20250604_004902", is: "strong" },
      { branch: "claude/fix-login-bug-x7Kp2", is: "strong" },
      { branch: "add-claude-github-actions-1750000000000", is: "strong" },
      { branch: "claude/login", is: "weak" },
      { label: "Claude", is: "weak" },
    ],
    ignores: [
      { author: "Claude Paroz <claude@2xlibre.net>" },
      { author: "Someone <1234+claude@users.noreply.github.com>" },
      { message: "Generated with [Claude Code](https://claude.com/claude-code) no longer appears" },
      { message: "See https://claude.ai/code/session_01ABCdef for the plan" },
      { body: "Generated by [Claude Code](https://claude.ai/code/session_01ABCdef), it says" },
      { branch: "fix/claude/session" },
      { branch: "claude-docs" },
      { label: "claude-docs" },
    ],
  },
});
