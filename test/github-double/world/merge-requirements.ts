import { matchesGlob } from "node:path";
import type { Account, CheckRun, CommitStatus, Repository, RequiredCheck, Ruleset } from "./model.ts";
import { permissionIn } from "./permissions.ts";
import { bypassOf, requiredChecksOf } from "./rulesets.ts";

/** How a required check stands on a commit. Only `passing` lets a merge through. */
export type Standing = "passing" | "expected" | "queued" | "in progress" | "pending" | "failing";

/** Conclusions a required check passes with (docs: troubleshooting required status checks). */
const PASSING = new Set(["success", "neutral", "skipped"]);

/** The active rulesets that govern a branch. */
export function rulesetsFor(repo: Repository, branch: string): readonly Ruleset[] {
  return repo.rulesets.filter(
    ({ enforcement, target, branches, excluded }) =>
      enforcement === "active" &&
      target === "branch" &&
      branches.some((pattern) => covers(repo, pattern, branch)) &&
      !excluded.some((pattern) => covers(repo, pattern, branch)),
  );
}

/** What rulesets and classic protection ask of who merges into a branch; `null`: of somebody without any exception. */
export function requiredChecksFor(
  repo: Repository,
  branch: string,
  by: Account | null,
): readonly RequiredCheck[] {
  const protection = repo.protections.get(branch);
  const passes = by !== null && protection?.enforceAdmins === false && permissionIn(repo, by) === "admin";
  const classic = protection === undefined || passes ? [] : protection.requiredChecks;
  const bySets = rulesetsFor(repo, branch).filter(
    (ruleset) => by === null || bypassOf(repo, ruleset, by) === null,
  );
  return [...bySets.flatMap(requiredChecksOf), ...classic];
}

function covers(repo: Repository, pattern: string, branch: string): boolean {
  if (pattern === "~ALL") return true;
  if (pattern === "~DEFAULT_BRANCH") return branch === repo.defaultBranch;
  return matchesGlob(branch, pattern.replace(/^refs\/heads\//, ""));
}

export function standingOf(repo: Repository, sha: string, required: RequiredCheck): Standing {
  const { context, integrationId } = required;
  const ours = (appId: number | null) => integrationId === undefined || appId === integrationId;
  const runs = latestRuns(repo, sha).filter((run) => run.name === context && ours(run.suite.appId));
  const status = latestStatuses(repo, sha).find((each) => each.context === context && ours(each.appId));
  const standings = [...runs.map(runStanding), ...(status ? [statusStanding(status)] : [])];
  if (standings.length === 0) return "expected";
  return standings.find((standing) => standing !== "passing") ?? "passing";
}

/** The newest run of each name in each suite: what GitHub counts. */
export function latestRuns(repo: Repository, sha: string): readonly CheckRun[] {
  const latest = new Map<string, CheckRun>();
  for (const run of repo.runs) if (run.suite.sha === sha) latest.set(`${run.suite.id} ${run.name}`, run);
  return [...latest.values()];
}

export function latestStatuses(repo: Repository, sha: string): readonly CommitStatus[] {
  const latest = new Map<string, CommitStatus>();
  for (const status of repo.statuses) if (status.sha === sha) latest.set(status.context, status);
  return [...latest.values()];
}

function runStanding(run: CheckRun): Standing {
  if (run.status === "queued") return "queued";
  if (run.status === "in_progress") return "in progress";
  return PASSING.has(run.conclusion ?? "") ? "passing" : "failing";
}

function statusStanding(status: CommitStatus): Standing {
  if (status.state === "pending") return "pending";
  return status.state === "success" ? "passing" : "failing";
}

/**
 * GitHub's sentence for required checks that do not pass, `null` when all do. Wordings as quoted by users of the
 * merge API: one blocker is named, several are counted.
 */
export function complaint(
  checks: readonly { readonly context: string; readonly standing: Standing }[],
): string | null {
  const open = checks.filter((check) => check.standing !== "passing");
  const [first] = open;
  if (!first) return null;
  if (open.length === 1) return `Required status check "${first.context}" is ${first.standing}.`;
  if (open.length === checks.length && open.every((check) => check.standing === first.standing))
    return `${open.length} of ${checks.length} required status checks are ${first.standing}.`;
  const counted = (["expected", "pending", "failing"] as const)
    .map((standing) => ({ standing, count: open.filter((check) => check.standing === standing).length }))
    .filter(({ count }) => count > 0)
    .map(({ standing, count }) => `${count} ${standing}`);
  const parts = counted.length > 0 ? `: ${counted.join(" and ")}` : "";
  return `${open.length} of ${checks.length} required status checks have not succeeded${parts}.`;
}
