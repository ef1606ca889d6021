import { bot, defineTool, namedBot, signals } from "../../tool/define.ts";
import type { Examples } from "../../tool/examples.ts";
import type { CataloguedTool } from "../../tool/tool.ts";

const LISTS = "lists of reviewing bots only; no commit of it was seen";

/**
 * Bots with which an AI reviews. They never countersign; should one write a commit, that is a hint and no more. The
 * reviewers that are known to write code as well have files of their own.
 */
export const reviewers: readonly CataloguedTool[] = [
  reviewer(
    "Qodo",
    "qodo-merge[bot]",
    "qodo-merge-pro[bot]",
    "qodo-merge-for-open-source[bot]",
    "qodo-free-for-open-source-projects[bot]",
    "qodo-code-review[bot]",
    "codiumai-pr-agent[bot]",
    "codiumai-pr-agent-free[bot]",
  ),
  defineTool({
    tool: "Graphite agent",
    vendor: "Graphite",
    signals: signals(
      "weak",
      "the app also restacks and merges for people",
      bot(96075541, "graphite-app[bot]"),
    ),
    examples: examplesOf("graphite-app[bot]"),
  }),
  reviewer("Bito", "bito-code-review[bot]"),
  reviewer("Sourcery", "sourcery-ai[bot]"),
  reviewer("cubic", "cubic-dev-ai[bot]"),
  reviewer("Korbit", "korbit-ai[bot]"),
  reviewer("Baz", "baz-reviewer[bot]"),
  reviewer("Entelligence", "entelligence-ai-pr-reviews[bot]"),
  reviewer("Recurse ML", "recurseml[bot]"),
  reviewer("Kodus", "kodus-ai[bot]", "kody-ai[bot]"),
  reviewer("CodeAnt", "codeant-ai[bot]"),
  reviewer("LlamaPReview", "llamapreview[bot]"),
  reviewer("Macroscope", "macroscopeapp[bot]"),
  reviewer("What The Diff", "what-the-diff[bot]"),
  reviewer("Corgea", "corgea[bot]"),
  reviewer("Mesa", "mesa-dot-dev[bot]"),
  reviewer("LinearB", "linearb[bot]"),
  reviewer("Propel", "propel-code-bot[bot]"),
  reviewer("wispbit", "wispbit-ai[bot]"),
  reviewer("CallStack", "callstackai[bot]"),
  reviewer("Optibot", "agent-optibot[bot]"),
  reviewer("Matter", "matter-code-review[bot]"),
  reviewer("Giselle", "giselles-ai[bot]"),
  reviewer("Lingma", "lingma-agents[bot]"),
  reviewer("Rover", "rover-app[bot]"),
  reviewer("Codecov AI", "codecov-ai[bot]"),
  reviewer("Qlty", "qltysh[bot]"),
];

function reviewer(tool: string, first: string, ...others: readonly string[]): CataloguedTool {
  return defineTool({
    tool,
    vendor: tool,
    signals: signals(
      "weak",
      LISTS,
      [first, ...others].flatMap((login) => namedBot(login)),
    ),
    examples: examplesOf(first),
  });
}

/** Found by the login of its app, which nobody else can take; not in a user who is called so. */
function examplesOf(login: string): Examples {
  const plain = login.replace("[bot]", "");
  return {
    matches: [{ account: { id: 5, login, type: "Bot" }, is: "weak" }],
    ignores: [
      { account: { id: 7, login: plain, type: "User" } },
      { author: `Somebody <${plain}@example.com>` },
    ],
  };
}
