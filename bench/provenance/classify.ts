import { cacheIdentities } from "../../src/cli/scan/counts/identity-cache.ts";
import { CATALOGUE } from "../../src/provenance/catalogue/catalogue.ts";
import type { CommitText } from "../../src/provenance/change.ts";
import { createDetector } from "../../src/provenance/detector.ts";
import type { Signal } from "../../src/provenance/tool/tool.ts";
import { printTable } from "../table.ts";
import { messages } from "./messages.ts";

const RUNS = 5;

/** Classifying commits alone, beside a loop that tries every signal's regular expression on every commit. */
export function benchClassify(count: number): void {
  const commits = messages(count);
  const sample = commits.slice(0, Math.ceil(count / 20));
  const rows = [
    row("the detector, its first commits", sample, [timed(() => classify(sample))]),
    row(
      "the detector",
      commits,
      repeated(() => classify(commits)),
    ),
    row(
      "a loop over all regular expressions",
      sample,
      repeated(() => loop(sample)),
    ),
  ];
  console.log(`Who wrote it: commits classified in memory (best of ${RUNS})`);
  printTable(["what", "commits", "time", "commits per second"], rows);
}

function classify(commits: readonly CommitText[]): number {
  const detector = createDetector({ tools: [], agents: [], notAi: [], cacheIdentities });
  return commits.filter((commit) => detector.commit(commit).writer === "ai").length;
}

const PATTERNS = CATALOGUE.flatMap(({ signals }) => signals.flatMap(patternOf));

/** What a list of patterns does: each over the whole text of the commit. */
function loop(commits: readonly CommitText[]): number {
  return commits.filter(({ message, author, committer }) => {
    const text = `${author.name} <${author.email}>\n${committer.name} <${committer.email}>\n${message}`;
    return PATTERNS.filter((pattern) => pattern.test(text)).length > 0;
  }).length;
}

function patternOf(signal: Signal): readonly RegExp[] {
  switch (signal.kind) {
    case "email":
      return [new RegExp(`<${signal.email.replaceAll(/[.+[\]]/g, "\\$&")}>`, "im")];
    case "line":
    case "name":
      return [new RegExp(signal.pattern, "im")];
    case "trailer":
      return [new RegExp(`^${signal.key}:`, "im")];
    default:
      return [];
  }
}

function repeated(work: () => unknown): readonly number[] {
  return Array.from({ length: RUNS }, () => timed(work));
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function row(what: string, commits: readonly CommitText[], times: readonly number[]): readonly string[] {
  const best = Math.min(...times);
  const rate = Math.round(commits.length / (best / 1_000));
  return [what, commits.length.toLocaleString("en"), `${best.toFixed(0)} ms`, rate.toLocaleString("en")];
}
