/** Human things that look like AI. Each was seen in public; no signal may match any of them. */
export interface KnownFalsePositive {
  readonly what: string;
  /** As authors, committers, co-authors and in trailers of every kind. */
  readonly people?: readonly string[];
  /** As a subject, within a message and in the body of a pull request. */
  readonly texts?: readonly string[];
  readonly branches?: readonly string[];
}

export const KNOWN_FALSE_POSITIVES: readonly KnownFalsePositive[] = [
  {
    what: "people called Claude",
    people: [
      "Claude Paroz <claude@2xlibre.net>",
      "Claude Mueller <claude.mueller@baloise.ch>",
      "Claude Muller <claude.muller@baloise.ch>",
      "Claude <claude@example.org>",
    ],
    texts: ["Claude: please look at this", "Merge Claude's branch"],
    branches: ["claude-docs", "claudeparoz/fix-login"],
  },
  { what: "a script called Claude", people: ["Claude Sync Bot <sync-bot@example.com>"] },
  { what: "a tool's name within an address", people: ["Yarchik <claude.fan@gmail.com>"] },
  {
    what: "people called Devin",
    people: [
      "Devin Wong <devin.wong@example.com>",
      "Devin Buhl <devin@buhl.dev>",
      "Devin Stewart <devin.stewart@example.com>",
      "Devin Burnette <devin@example.org>",
      "Devin <165725058+devin-cognition@users.noreply.github.com>",
    ],
    branches: ["Devinwong/fix-login", "devin-wong/1741891200-fix"],
  },
  {
    what: "people called Jules",
    people: ["Jules Mons <jules@example.org>", "Jules Guesnon <jules.guesnon@gmail.com>"],
    branches: ["release-20260101120000", "deploy-1732352400000000000"],
  },
  {
    what: "people called Cody",
    people: [
      "Cody Oss <codyoss@google.com>",
      "Cody Vandermyn <cody@example.net>",
      "Cody Little <cody.little@example.com>",
      "Cody Cutrer <cody@cutrer.us>",
      "Cody Kociemba <cody@symmetry.example>",
      "Cody <cody@example.com>",
    ],
  },
  {
    what: "Cline as a surname",
    people: ["Travis Cline <travis.cline@gmail.com>", "Aiden Cline <aiden@example.com>"],
  },
  { what: "Cascade as a surname", people: ["Kyle Cascade <kyle@example.net>"] },
  {
    what: "a tool's name within a login or an address",
    people: [
      "HonkingGoose <34918129+HonkingGoose@users.noreply.github.com>",
      "Stephen Augustus <foo@auggie.dev>",
      "Alex Miller <codex.nz@gmail.com>",
      "Sean Chatman <136349053+seanchatmangpt@users.noreply.github.com>",
      "Eric Wheeler <roo-code@z.ewheeler.org>",
      "Pre Cursor <hello@precursor.io>",
    ],
    texts: ["Block precursor.io"],
    branches: ["roo-fix", "codex-nz", "feature/copilot/page"],
  },
  {
    what: "people at the vendors",
    people: [
      "Max Paulus <max@cline.bot>",
      "Paul Gauthier <paul@aider.chat>",
      "Paul Gauthier <aider@paulg.org>",
      "Brian Fioca <bfioca@openai.com>",
      "Josh McKinney <joshka@openai.com>",
      "An Employee <someone@anthropic.com>",
      "An Employee <someone@cursor.com>",
      "An Employee <someone@cognition.ai>",
      "An Employee <someone@sourcegraph.com>",
      "An Employee <someone@all-hands.dev>",
      "An Employee <someone@ampcode.com>",
      "An Employee <someone@roocode.com>",
      "An Employee <someone@replit.com>",
      "An Employee <someone@continue.dev>",
      "An Employee <noreply@bytedance.com>",
      "Block Open Source <opensource@block.xyz>",
    ],
  },
  {
    what: "addresses that only look like a tool's",
    people: [
      "Someone <xnoreply@anthropic.com>",
      "Someone <noreply@anthropic.com.example.org>",
      "Someone <claude@users.noreply.github.com>",
      "Someone <1234+claude@users.noreply.github.com>",
      "Someone <1234+cursor@users.noreply.github.com>",
      "Someone <1234+codex@users.noreply.github.com>",
      "Someone <1234+jules@users.noreply.github.com>",
    ],
  },
  {
    what: "bots that are no AI",
    people: [
      "mend-bolt-for-github[bot] <mend-bolt-for-github[bot]@users.noreply.github.com>",
      "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>",
      "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
      "gemini-cli-robot <gemini-cli-robot@google.com>",
      "semantic-release-bot <semantic-release-bot@martynus.net>",
    ],
    branches: [
      "dependabot/npm_and_yarn/vite-7.1.9",
      "renovate/node-24.x",
      "snyk-fix-0123456789abcdef0123456789abcdef",
      "snyk-upgrade-0123456789abcdef0123456789abcdef",
    ],
  },
  {
    what: "a person whose account a bot uses",
    people: ["snyk-bot <snyk-bot@snyk.io>", "Org Member <member@example.com>"],
    texts: [
      "fix: package.json to reduce vulnerabilities",
      "Snyk has created this PR to fix 2 vulnerabilities.",
    ],
  },
  {
    what: "GitHub's own committer",
    people: ["GitHub <noreply@github.com>"],
  },
  {
    what: "a tool as the topic",
    texts: [
      "Update IME cursor on keyup",
      "Use cursor pagination in the list",
      "Link the copilot page",
      "Use Droid Sans Mono",
      "Add AI (#253)",
      "Add gemini-3.1 aliases",
      "Support claude-opus-4-8 and gpt-5.4",
      "Cursor: blink faster",
      "Made with Cursor keys in mind",
      "Made-with: cursor keys",
      "Made-with: love",
      "Continue: do not stop at the first error",
      "Warp the image",
      "Bolt the door",
      "Write docs for [Claude Code](https://claude.com/claude-code)",
      "See https://openai.com/codex and https://cursor.com/docs",
      "@claude please fix",
      "/q dev",
    ],
    branches: ["main", "cursor-invert-fg-bg", "cursor-pagination", "copilot-page", "codex-parser", "kiro"],
  },
  {
    what: "a negated disclosure",
    texts: [
      "AI: no AI, just a simple replace.",
      "AI Disclosure: no AI was used.",
      "AI disclosure: none",
      "This PR was made without AI.",
      "This was not generated with Claude Code.",
      "AI-assisted: no",
      "AI-assisted: none",
      "AI-Generated: false",
      "AI-assisted: n/a",
      "AI-assisted: yes/no",
      "Assisted-by: none",
      "Assisted-by: no AI",
      "Generated-by: nobody",
      "- [ ] This change was written with AI assistance",
      "- [x] This change was written without AI",
    ],
  },
  {
    what: "a line that talks about a footer",
    texts: [
      'Remove the "Generated with Crush" line',
      'Remove the "Generated with Claude Code" line',
      '- "Generated with Claude Code" no longer appears',
      "`🤖 Generated with [Claude Code](https://claude.com/claude-code)` is gone",
      "Generated with [Claude Code](https://claude.com/claude-code) no longer appears",
      "We strip Co-authored-by: Claude <noreply@anthropic.com> from messages",
      "Assisted-by: AGENT_NAME:MODEL_VERSION",
    ],
  },
  {
    what: "prose that looks like a trailer",
    texts: [
      "Copilot: Added accesibility to the page",
      "Generated-by: protoc",
      "Generated-by: openapi-generator 7.2",
    ],
  },
  {
    what: "people thanked by a trailer of AI",
    texts: [
      "Assisted-by: Waldek Maleska <weakcamel@users.github.com>",
      "Assisted-by: Claude Paroz <claude@2xlibre.net>",
      "Assisted-by: Claude <claude@2xlibre.net>",
      "Assisted-by: Mona Lisa",
      "Assisted-by: Bob: thanks for the hint",
      "Assisted-by: https://example.com/howto",
    ],
  },
  {
    what: "a quotation",
    texts: [
      "> 🤖 Generated with [Claude Code](https://claude.com/claude-code)",
      "> Co-authored-by: Claude <noreply@anthropic.com>",
      "```\nCo-authored-by: Claude <noreply@anthropic.com>\n```",
      "~~~\nAssisted-by: Crush:glm-5.2\n~~~",
    ],
  },
  {
    what: "an AI's review or summary",
    texts: [
      "> <sup>Written by [Cursor Bugbot](https://cursor.com/dashboard?tab=bugbot) for commit abc</sup>",
      "<sup>Written by [Cursor Bugbot](https://cursor.com/dashboard?tab=bugbot) for commit abc</sup>",
      "Written by Cursor Bugbot for commit 0123abc. This will update automatically on new commits.",
      "<!-- CURSOR_SUMMARY -->",
      "<!-- /CURSOR_SUMMARY -->",
      "## Summary by CodeRabbit",
      "<!-- This is an auto-generated comment: release notes by coderabbit.ai -->",
      "<!-- end of auto-generated comment: release notes by coderabbit.ai -->",
      "## Summary by Sourcery",
      "Copilot reviewed 3 out of 3 changed files in this pull request and generated 2 comments.",
    ],
  },
  {
    what: "a reviewer who is called like a tool",
    texts: [
      "Reviewed-by: Claude Paroz <claude@2xlibre.net>",
      "Signed-off-by: Claude Paroz <claude@2xlibre.net>",
      "Reviewed-by: Claude <noreply@anthropic.com>",
      "Tested-by: Cursor <cursoragent@cursor.com>",
    ],
  },
  {
    what: "an invented address that is a stranger's",
    people: ["Abia Tar <codex+abia@example.com>", "Hermes <hermes@nousresearch.com>"],
  },
];
