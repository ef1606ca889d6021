import {
  address,
  bot,
  botAddresses,
  branch,
  defineTool,
  namedBot,
  signals,
  user,
} from "../../tool/define.ts";
import type { CataloguedTool } from "../../tool/tool.ts";

/** Tools that are known by the account of their app and little else. */
export const apps: readonly CataloguedTool[] = [
  defineTool({
    tool: "Factory Droid",
    vendor: "Factory AI",
    names: ["factory-droid", "droid", "factory"],
    signals: signals("certain", "steveyegge/beads 04ef9374e (45 commits); an address of the same account", [
      ...bot(138933559, "factory-droid[bot]"),
      address("138933559+factory-droid-oss@users.noreply.github.com"),
    ]),
    examples: {
      matches: [
        {
          author: "factory-droid[bot] <138933559+factory-droid[bot]@users.noreply.github.com>",
          is: "certain",
        },
      ],
      ignores: [{ message: "Use Droid Sans Mono" }, { author: "Droid Sans <droid@example.org>" }],
    },
  }),
  defineTool({
    tool: "Sweep",
    vendor: "Sweep AI",
    names: ["sweep ai"],
    signals: [
      ...signals("certain", "Sweep's source; account verified in 2026", bot(128439645, "sweep-ai[bot]")),
      ...signals("weak", "lists of other detectors only", [branch("^sweep/")]),
    ],
    requests: { labels: ["sweep"] },
    examples: {
      matches: [
        { account: { id: 128439645, login: "sweep-ai[bot]", type: "Bot" }, is: "certain" },
        { branch: "sweep/fix-login", is: "weak" },
        { label: "sweep", is: "weak" },
      ],
      ignores: [{ message: "Sweep expired sessions" }, { branch: "sweep-sessions" }],
    },
  }),
  defineTool({
    tool: "Sentry Seer",
    vendor: "Sentry",
    names: ["seer"],
    signals: [
      ...signals("certain", "getsentry/action-onlyrobots#21; public scripts", [
        ...bot(157164994, "seer-by-sentry[bot]"),
        ...botAddresses(157164994, "sentry-autofix[bot]"),
      ]),
      ...signals("weak", "lists of other detectors only", [branch("^seer/")]),
      ...signals("weak", "an account that reviews and reports", namedBot("sentry[bot]")),
    ],
    examples: {
      matches: [
        { account: { id: 157164994, login: "seer-by-sentry[bot]", type: "Bot" }, is: "certain" },
        { branch: "seer/fix-login", is: "weak" },
      ],
      ignores: [{ account: { id: 7, login: "sentry", type: "User" } }, { branch: "overseer/login" }],
    },
  }),
  defineTool({
    tool: "Tembo",
    vendor: "Tembo",
    signals: signals(
      "certain",
      "a count of 3,465 public pull requests, 2026-07",
      bot(208362400, "tembo[bot]"),
    ),
    examples: {
      matches: [{ account: { id: 208362400, login: "tembo[bot]", type: "Bot" }, is: "certain" }],
      ignores: [{ account: { id: 7, login: "tembo", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Mentat",
    vendor: "AbanteAI",
    signals: [
      ...signals("certain", "a count of 2,184 public pull requests, 2026-07", namedBot("mentatbot[bot]")),
      ...signals("certain", "public commits (22)", user(160964065, "mentatbot")),
    ],
    examples: {
      matches: [
        { account: { id: 5, login: "mentatbot[bot]", type: "Bot" }, is: "certain" },
        { author: "MentatBot <160964065+MentatBot@users.noreply.github.com>", is: "certain" },
      ],
      ignores: [{ account: { id: 7, login: "mentatbot", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Open SWE",
    vendor: "LangChain",
    signals: signals(
      "strong",
      "langchain-ai/open-swe's source; langchain-ai/deepagents#4254",
      bot(215916821, "open-swe[bot]"),
    ),
    examples: {
      matches: [{ account: { id: 215916821, login: "open-swe[bot]", type: "Bot" }, is: "strong" }],
      ignores: [{ account: { id: 7, login: "open-swe", type: "User" } }],
    },
  }),
  defineTool({
    tool: "cto.new",
    vendor: "Engine Labs",
    names: ["engine labs"],
    signals: signals("certain", "ghostty-org/ghostty (3 commits)", bot(140088366, "engine-labs-app[bot]")),
    examples: {
      matches: [
        {
          author: "engine-labs-app[bot] <140088366+engine-labs-app[bot]@users.noreply.github.com>",
          is: "certain",
        },
      ],
      ignores: [{ account: { id: 7, login: "engine-labs-app", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Terragon",
    vendor: "Terragon",
    names: ["terragon labs"],
    signals: [
      ...signals("certain", "vercel/ai 65f60805df", namedBot("terragon-labs[bot]")),
      ...signals("weak", "not verified", [branch("^terragon/")]),
    ],
    examples: {
      matches: [
        { author: "terragon-labs[bot] <5+terragon-labs[bot]@users.noreply.github.com>", is: "certain" },
        { branch: "terragon/fix-login", is: "weak" },
      ],
      ignores: [{ account: { id: 7, login: "terragon-labs", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Charlie",
    vendor: "Charlie Labs",
    names: ["charlie labs"],
    signals: [
      ...signals(
        "strong",
        "public reports of its pull requests, 2026-09",
        bot(198680274, "charliecreates[bot]"),
      ),
      ...signals("weak", "lists of other detectors only", [address("charlie@charlielabs.ai")]),
    ],
    examples: {
      matches: [
        { account: { id: 198680274, login: "charliecreates[bot]", type: "Bot" }, is: "strong" },
        { author: "Charlie <charlie@charlielabs.ai>", is: "weak" },
      ],
      ignores: [{ author: "Charlie Doern <charlie@example.org>" }],
    },
  }),
  defineTool({
    tool: "Greptile",
    vendor: "Greptile",
    signals: signals(
      "strong",
      "cline/cline (108 commits): suggestions that people committed",
      bot(165735046, "greptile-apps[bot]"),
    ),
    examples: {
      matches: [
        {
          message:
            "Co-authored-by: greptile-apps[bot] <165735046+greptile-apps[bot]@users.noreply.github.com>",
          is: "strong",
        },
      ],
      ignores: [{ account: { id: 7, login: "greptile-apps", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Gru",
    vendor: "Babel",
    names: ["gru.ai"],
    signals: signals("weak", "lists of other detectors only", bot(185149714, "gru-agent[bot]")),
    examples: {
      matches: [{ account: { id: 185149714, login: "gru-agent[bot]", type: "Bot" }, is: "weak" }],
      ignores: [{ account: { id: 7, login: "gru-agent", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Solver",
    vendor: "Laredo Labs",
    signals: signals("weak", "not verified", bot(152345546, "solver-app[bot]")),
    examples: {
      matches: [{ account: { id: 152345546, login: "solver-app[bot]", type: "Bot" }, is: "weak" }],
      ignores: [{ account: { id: 7, login: "solver-app", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Tusk",
    vendor: "Tusk",
    signals: signals("weak", "not verified", namedBot("use-tusk[bot]")),
    examples: {
      matches: [{ account: { id: 5, login: "use-tusk[bot]", type: "Bot" }, is: "weak" }],
      ignores: [{ account: { id: 7, login: "use-tusk", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Bolt",
    vendor: "StackBlitz",
    names: ["bolt.new"],
    signals: signals(
      "weak",
      "not verified; its commits are made with the user's token",
      namedBot("bolt-new-by-stackblitz[bot]"),
    ),
    examples: {
      matches: [{ account: { id: 5, login: "bolt-new-by-stackblitz[bot]", type: "Bot" }, is: "weak" }],
      ignores: [{ message: "Bolt the door" }],
    },
  }),
  defineTool({
    tool: "Bonk",
    vendor: "Bonk",
    signals: signals("certain", "public commits (20)", bot(249159057, "ask-bonk[bot]")),
    examples: {
      matches: [{ account: { id: 249159057, login: "ask-bonk[bot]", type: "Bot" }, is: "certain" }],
      ignores: [{ account: { id: 7, login: "ask-bonk", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Blink",
    vendor: "Blink",
    signals: signals("certain", "public commits (20)", bot(211532188, "blink-so[bot]")),
    examples: {
      matches: [{ account: { id: 211532188, login: "blink-so[bot]", type: "Bot" }, is: "certain" }],
      ignores: [{ account: { id: 7, login: "blink-so", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Capy",
    vendor: "Capy",
    signals: signals("certain", "a public commit", bot(230910855, "capy-ai[bot]")),
    examples: {
      matches: [{ account: { id: 230910855, login: "capy-ai[bot]", type: "Bot" }, is: "certain" }],
      ignores: [{ account: { id: 7, login: "capy-ai", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Cyrus",
    vendor: "Ceedar",
    names: ["cyrus agent"],
    signals: signals("certain", "ceedaragents/cyrus (134 commits)", [
      ...user(208047790, "cyrusagent"),
      ...bot(237105008, "cyrusagent[bot]"),
    ]),
    examples: {
      matches: [{ author: "Cyrus <208047790+cyrusagent@users.noreply.github.com>", is: "certain" }],
      ignores: [{ author: "Cyrus Mobini <cyrus@example.org>" }],
    },
  }),
  // An agent of one organization: others are named by `detect.agents`.
  defineTool({
    tool: "Junior",
    vendor: "Sentry",
    signals: signals("weak", "getsentry/junior (181 commits)", bot(264270552, "sentry-junior[bot]")),
    examples: {
      matches: [{ account: { id: 264270552, login: "sentry-junior[bot]", type: "Bot" }, is: "weak" }],
      ignores: [{ account: { id: 7, login: "sentry-junior", type: "User" } }],
    },
  }),
  // Known as automation: the signals say that an AI may have had a part.
  defineTool({
    tool: "Aikido Autofix",
    vendor: "Aikido",
    signals: signals(
      "weak",
      "cline/cline: 235 commits, all dependency bumps",
      bot(119856028, "aikido-autofix[bot]"),
    ),
    examples: {
      matches: [
        {
          author: "aikido-autofix[bot] <119856028+aikido-autofix[bot]@users.noreply.github.com>",
          is: "weak",
        },
      ],
      ignores: [{ account: { id: 7, login: "aikido-autofix", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Blacksmith Codesmith",
    vendor: "Blacksmith",
    signals: signals(
      "weak",
      "All-Hands-AI/OpenHands 09aa62f1c34a: a migration by rules",
      bot(157653362, "blacksmith-sh[bot]"),
    ),
    examples: {
      matches: [
        { author: "blacksmith-sh[bot] <157653362+blacksmith-sh[bot]@users.noreply.github.com>", is: "weak" },
      ],
      ignores: [{ account: { id: 7, login: "blacksmith-sh", type: "User" } }],
    },
  }),
  defineTool({
    tool: "Mintlify agent",
    vendor: "Mintlify",
    signals: signals(
      "weak",
      "cline/cline 18b77ee5e5bf: also the web editor that people use",
      bot(109931778, "mintlify[bot]"),
    ),
    examples: {
      matches: [{ author: "mintlify[bot] <109931778+mintlify[bot]@users.noreply.github.com>", is: "weak" }],
      ignores: [{ account: { id: 7, login: "mintlify", type: "User" } }],
    },
  }),
];
