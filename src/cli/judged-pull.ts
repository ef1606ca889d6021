import { governs } from "../policy/governs.ts";
import { resolvePolicy } from "../policy/resolve.ts";
import { judge } from "../signoff/evaluate.ts";
import type { Snapshot } from "../signoff/snapshot.ts";
import type { Verdict } from "../signoff/verdict.ts";
import { count, shortSha } from "../signoff/wording/words.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { type Line, line } from "./report/lines.ts";
import type { ReportOptions } from "./report/options.ts";
import { headline, type Judged, verdictLines } from "./report/report.ts";

/** A pull request as it was read from GitHub, judged. */
export type JudgedPull = { readonly snapshot: Snapshot } & Judged;

export function judgePull(snapshot: Snapshot): JudgedPull {
  const because = whyNothing(snapshot);
  return because === null ? { snapshot, verdict: judge(snapshot) } : { snapshot, verdict: null, because };
}

function whyNothing({ policySources, pullRequest, repository }: Snapshot): string | null {
  const { policy } = resolvePolicy(policySources);
  const { ref } = pullRequest.governedBy;
  if (governs(policy, { ref, defaultBranch: repository.defaultBranch })) return null;
  return `the config does not govern the branch ${ref}`;
}

/** `remarks` are sentences about how it was read. */
export function reportOf(
  judged: JudgedPull,
  remarks: readonly string[],
  options: ReportOptions,
): readonly Line[] {
  const { verdict, snapshot } = judged;
  return [
    headline(judged),
    ...[titleOf(snapshot), ...remarks].map((text) => line(0, { text, style: "dim" })),
    ...(verdict === null ? [] : verdictLines(verdict, snapshot, options)),
  ];
}

function titleOf({ repository, pullRequest, commits, files }: Snapshot): string {
  const { number, head, base } = pullRequest;
  const size = `${count(commits.length, "commit")}, ${count(files.length, "file")}`;
  const name = `${repository.owner}/${repository.name}#${number}`;
  return `${name}: ${head.ref} at ${shortSha(head.sha)} into ${base.ref}, ${size}`;
}

/** What is printed as JSON; what the app would remember is left out. */
export interface PullDocument {
  readonly version: 1;
  readonly outcome: Outcome;
  /** `owner/name`. */
  readonly repository: string;
  readonly pull: number;
  readonly head: string;
  readonly commits: number;
  readonly files: number;
  readonly verdict: Omit<Verdict, "toRecord"> | null;
  /** Why there was nothing to judge, where `verdict` is null. */
  readonly because?: string;
}

export function documentOf(judged: JudgedPull): PullDocument {
  const { verdict, snapshot } = judged;
  const { repository, pullRequest, commits, files } = snapshot;
  return {
    version: 1,
    outcome: outcomeOf(verdict),
    repository: `${repository.owner}/${repository.name}`,
    pull: pullRequest.number,
    head: pullRequest.head.sha,
    commits: commits.length,
    files: files.length,
    verdict: verdict === null ? null : withoutMemory(verdict),
    ...(verdict === null && { because: judged.because }),
  };
}

function withoutMemory({ toRecord: _, ...verdict }: Verdict): Omit<Verdict, "toRecord"> {
  return verdict;
}
