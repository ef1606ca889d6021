import { checksOf, type HeadCheck } from "../app/work/checks.ts";
import { strictestOf } from "../app/work/deciding.ts";
import type { CheckWork } from "../app/work/head-work.ts";
import { judgeGroupOf } from "../app/work/judge-group.ts";
import { type HeadFindings, judgePullsOnHead } from "../app/work/judge-head.ts";
import type { Site } from "../signoff/report/site.ts";
import type { RepositoryRef } from "../store/repository.ts";
import type { HeadTask, MergeGroup } from "../store/task.ts";
import type { Bench } from "./ports.ts";

export interface Place {
  readonly repository: RepositoryRef;
  readonly site: Site;
}

/** A commit as its checks should show it. */
export interface JudgedCommit {
  readonly status: "judged";
  readonly headSha: string;
  readonly findings: HeadFindings;
  readonly checks: readonly HeadCheck[];
}

export type CommitResult =
  | JudgedCommit
  /** What was read may be complete a little later. Whatever is judged by then is no pass. */
  | { readonly status: "again"; readonly retryAfterMs: number; readonly judged: JudgedCommit | null }
  /** A pull request has another head by now. */
  | { readonly status: "moved" }
  /** No open pull request into a governed branch has it as its head. */
  | { readonly status: "unused" };

/** Answers about people are asked for anew: nothing is kept from one run to the next. */
const MOMENT = { invalidations: 0, peopleSince: 0 } as const;

/**
 * Judges a head for all open pull requests that share it. `known` are the names of the checks that it has.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function judgeHead(
  bench: Bench,
  { repository, site }: Place,
  { headSha, known }: { readonly headSha: string; readonly known: readonly string[] },
): Promise<CommitResult> {
  const head = { repository, headSha, hints: [], moment: MOMENT, priority: "direct" } as const;
  const findings = await judgePullsOnHead(head, bench);
  if (findings.moved.length > 0) return { status: "moved" };
  if (findings.judged.length === 0) return { status: "unused" };
  const judged = judgedCommit(
    {
      ...{ repository, site, findings, openBranches: [], verdictOf: strictestOf(findings.judged) },
      task: taskOf(repository, headSha),
    },
    [...known, ...(findings.checkRuns ?? []).map(({ name }) => name)],
  );
  const { retryAfterMs } = findings;
  return retryAfterMs === null ? judged : { status: "again", retryAfterMs, judged };
}

/**
 * Judges the commit of a merge group by its pull requests, each at its own head.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function judgeGroupCommit(
  bench: Bench,
  { repository, site }: Place,
  { headSha, group }: { readonly headSha: string; readonly group: MergeGroup },
): Promise<CommitResult> {
  const task = taskOf(repository, headSha);
  const found = await judgeGroupOf(bench, { task, group, repository, moment: MOMENT });
  if (found.status === "again") return { ...found, judged: null };
  if (found.status !== "judged") return { status: "unused" };
  const { findings, verdict, of, members } = found;
  return judgedCommit(
    {
      ...{ repository, site, findings, openBranches: [], group: { of, members } },
      verdictOf: (judged) => (judged.length === 0 && findings.judged.length > 0 ? null : verdict),
      task: { ...task, group },
    },
    [],
  );
}

function judgedCommit(work: CheckWork, known: readonly string[]): JudgedCommit {
  const { findings, task } = work;
  return { status: "judged", headSha: task.headSha, findings, checks: checksOf(work, known) };
}

function taskOf(repository: RepositoryRef, headSha: string): HeadTask {
  return { kind: "head", headSha, pulls: [], ...repository };
}
