import { basename } from "node:path";
import { readHistory } from "../../src/cli/local-git/objects/history.ts";
import { headOf } from "../../src/cli/local-git/range.ts";
import { findRepository, type LocalRepository } from "../../src/cli/local-git/repository/repository.ts";
import { isoTime } from "../../src/cli/local-git/time.ts";
import { cacheIdentities } from "../../src/cli/scan/counts/identity-cache.ts";
import { rememberIdentities } from "../../src/cli/scan/counts/remember.ts";
import { factsOf } from "../../src/cli/scan/history/facts.ts";
import { createDetector } from "../../src/provenance/detector.ts";
import type { Evidence } from "../../src/provenance/evidence.ts";
import { printTable } from "../table.ts";
import { MEASURED, type Measured } from "./measured.ts";

/** None of the tools existed before: whatever is found there is false. */
const FIRST_TOOLS = Date.parse("2023-03-01T00:00:00Z") / 1000;

const detector = createDetector({ tools: [], agents: [], notAi: [], cacheIdentities });

interface Finding {
  readonly sha: string;
  readonly repository: string;
  readonly evidence: readonly Evidence[];
}

/**
 * Prints how many commits of each history an AI wrote, how many of them cannot be an AI's, and a sample of the
 * findings to be judged by eye. Notes are left out: signals are measured, not records.
 */
export async function printProvenanceOf(
  repositories: readonly string[],
  { size, save }: { readonly size: number; readonly save: boolean },
): Promise<void> {
  const findings: Finding[] = [];
  const rows: (readonly string[])[] = [];
  const measured: Measured[] = [];
  for (const repository of repositories) {
    const opened = await findRepository({ from: ".", directory: repository, naming: "its path" });
    const counted = await count(opened, (sha, evidence) => {
      findings.push({ sha, repository: nameOf(repository), evidence });
    });
    const last = await newest(opened);
    rows.push([repository, last, ...counted.map((number) => number.toLocaleString("en"))]);
    const [commits = 0, before = 0, wrong = 0, ai = 0, automation = 0] = counted;
    const day = new Date().toISOString().slice(0, 10);
    const of = nameOf(repository);
    measured.push({
      repository: of,
      measured: day,
      newest: last,
      commits,
      before,
      false: wrong,
      ai,
      automation,
    });
  }
  if (save) MEASURED.save(measured);
  printTable(["repository", "newest commit", "commits", "before", "false", "AI", "automation"], rows);
  // Ids are as good as drawn at random, and the same in every run.
  for (const { sha, repository, evidence } of findings.sort(bySha).slice(0, size)) {
    const said = evidence.map(
      ({ tool, strength, where, text }) => `${tool}, ${strength}: ${where.field} ${text}`,
    );
    console.log([repository, sha.slice(0, 12), ...said].join(" | "));
  }
}

/** The commits of a history that an AI wrote, from the newest on. */
export async function aiCommitsOf(repository: string): Promise<readonly string[]> {
  const found: string[] = [];
  await count(await findRepository({ from: ".", directory: repository, naming: "its path" }), (sha) => {
    found.push(sha);
  });
  return found;
}

/** `OWNER/NAME` of a clone in a folder `OWNER+NAME`, else the folder's own name. */
function nameOf(path: string): string {
  return basename(path.replace(/\/(repo|\.git)\/?$/, "")).replace("+", "/");
}

async function count(
  { git, refs }: LocalRepository,
  onFinding: (sha: string, evidence: readonly Evidence[]) => void,
): Promise<readonly number[]> {
  const readers = { identityOf: rememberIdentities(detector), timeOf: isoTime };
  let [commits, before, wrong, ai, automation] = [0, 0, 0, 0, 0];
  const { sha: head } = await headOf(refs, undefined);
  await readHistory(git, { tips: [head], options: [], notes: [] }, (commit) => {
    const early = commit.authoredAt > 0 && commit.authoredAt < FIRST_TOOLS;
    const { writer, evidence } = detector.commit(factsOf({ ...commit, note: "" }, readers));
    commits += 1;
    if (early) before += 1;
    if (writer === "automation") automation += 1;
    if (writer !== "ai") return;
    ai += 1;
    if (early) wrong += 1;
    const deciding = evidence.filter(({ strength }) => strength !== "weak");
    onFinding(commit.sha, structuredClone(deciding));
  });
  return [commits, before, wrong, ai, automation];
}

async function newest({ git, refs }: LocalRepository): Promise<string> {
  const { sha } = await headOf(refs, undefined);
  return (await git.text(["log", "-1", "--format=%h %cs", "--abbrev=12", sha])).trim();
}

function bySha(one: Finding, other: Finding): number {
  return one.sha < other.sha ? -1 : 1;
}
