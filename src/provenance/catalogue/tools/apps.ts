import type { Strength } from "../../evidence.ts";
import { address, bot, branch, defineTool, namedBot, signals, user } from "../../tool/define.ts";
import type { SignalMatcher, Tool } from "../../tool/tool.ts";

/** Tools that are known by the account of their app and little else, one row each. */
export const appTools: readonly Tool[] = [
  app(
    "Factory Droid",
    "Factory AI",
    ["factory-droid", "droid", "factory"],
    [["certain", "steveyegge/beads 04ef9374e (45 commits)", bot(138933559, "factory-droid[bot]")]],
  ),
  app(
    "Sweep",
    "Sweep AI",
    ["sweep ai"],
    [
      ["certain", "Sweep's source; account verified in 2026", bot(128439645, "sweep-ai[bot]")],
      ["weak", "lists of other detectors only", [branch("^sweep/")]],
      ["weak", "Sweep's documentation: people ask for work by it", [{ kind: "label", label: "sweep" }]],
    ],
  ),
  app(
    "Sentry Seer",
    "Sentry",
    ["seer"],
    [
      ["certain", "getsentry/action-onlyrobots#21; public scripts", bot(157164994, "seer-by-sentry[bot]")],
      ["weak", "lists of other detectors only", [branch("^seer/")]],
      ["weak", "an account that reviews and reports", namedBot("sentry[bot]")],
    ],
  ),
  app(
    "Tembo",
    "Tembo",
    [],
    [["certain", "a count of 3,465 public pull requests, 2026-07", bot(208362400, "tembo[bot]")]],
  ),
  app(
    "Mentat",
    "AbanteAI",
    [],
    [
      ["certain", "a count of 2,184 public pull requests, 2026-07", namedBot("mentatbot[bot]")],
      ["certain", "public commits (22)", user(160964065, "mentatbot")],
    ],
  ),
  app(
    "Open SWE",
    "LangChain",
    [],
    [
      [
        "strong",
        "langchain-ai/open-swe's source; langchain-ai/deepagents#4254",
        bot(215916821, "open-swe[bot]"),
      ],
    ],
  ),
  app(
    "cto.new",
    "Engine Labs",
    ["engine labs"],
    [["certain", "ghostty-org/ghostty (3 commits)", bot(140088366, "engine-labs-app[bot]")]],
  ),
  app(
    "Terragon",
    "Terragon",
    ["terragon labs"],
    [
      ["certain", "vercel/ai 65f60805df", namedBot("terragon-labs[bot]")],
      ["weak", "not verified", [branch("^terragon/")]],
    ],
  ),
  app(
    "Charlie",
    "Charlie Labs",
    ["charlie labs"],
    [
      ["strong", "public reports of its pull requests, 2026-09", bot(198680274, "charliecreates[bot]")],
      ["weak", "lists of other detectors only", [address("charlie@charlielabs.ai")]],
    ],
  ),
  app(
    "Greptile",
    "Greptile",
    [],
    [
      [
        "strong",
        "cline/cline (108 commits): suggestions that people committed",
        bot(165735046, "greptile-apps[bot]"),
      ],
    ],
  ),
  app(
    "Gru",
    "Babel",
    ["gru.ai"],
    [["weak", "lists of other detectors only", bot(185149714, "gru-agent[bot]")]],
  ),
  app("Solver", "Laredo Labs", [], [["weak", "not verified", bot(152345546, "solver-app[bot]")]]),
  app("Tusk", "Tusk", [], [["weak", "not verified", namedBot("use-tusk[bot]")]]),
  app(
    "Bolt",
    "StackBlitz",
    ["bolt.new"],
    [
      [
        "weak",
        "not verified; its commits are made with the user's token",
        namedBot("bolt-new-by-stackblitz[bot]"),
      ],
    ],
  ),
  // Known as automation: the signals say that an AI may have had a part.
  app(
    "Aikido Autofix",
    "Aikido",
    [],
    [["weak", "cline/cline: 235 commits, all dependency bumps", bot(119856028, "aikido-autofix[bot]")]],
  ),
  app(
    "Blacksmith Codesmith",
    "Blacksmith",
    [],
    [
      [
        "weak",
        "All-Hands-AI/OpenHands 09aa62f1c34a: a migration by rules",
        bot(157653362, "blacksmith-sh[bot]"),
      ],
    ],
  ),
  app(
    "Mintlify agent",
    "Mintlify",
    [],
    [
      [
        "weak",
        "cline/cline 18b77ee5e5bf: also the web editor that people use",
        bot(109931778, "mintlify[bot]"),
      ],
    ],
  ),
];

type Row = readonly [Strength, source: string, found: readonly SignalMatcher[]];

function app(tool: string, vendor: string, names: readonly string[], rows: readonly Row[]): Tool {
  return defineTool({
    tool,
    vendor,
    names,
    signals: rows.flatMap(([strength, source, found]) => signals(strength, source, found)),
  });
}
