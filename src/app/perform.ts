import { ARCHIVED, GitHubProblem, NotFound } from "../github/client/errors.ts";
import type { Job, RepositoryRef, Task } from "../store/store.ts";
import { accounted } from "./github/usage.ts";
import { type SweepPorts, sweepInstallation, sweepRepository } from "./repair/sweeps.ts";
import { performGroup } from "./work/group-job.ts";
import { performHead } from "./work/head-job.ts";
import type { HeadTask } from "./work/head-work.ts";
import { withdrawFirst } from "./work/withdraw-first.ts";
import type { Hold, Perform } from "./work/worker.ts";

export interface PerformPorts extends SweepPorts {
  /** Looks for what was missed, and answers when to do it again. */
  readonly upkeep: () => Promise<Date>;
  /** Told how many requests to GitHub a job took. */
  readonly spent: (kind: Task["kind"], requests: number) => void;
}

type GitHubTask = Exclude<Task, { kind: "upkeep" }>;

/** What each kind of task does. */
export function performer(ports: PerformPorts): Perform {
  const forget = forgetter(ports);
  return async (job, hold) => {
    const { task } = job;
    if (task.kind === "upkeep") return ports.upkeep();
    forget(task);
    const usage = { installationId: task.installationId, requests: 0 };
    try {
      return await accounted(usage, () => performTask(ports, { job, task, hold }));
    } finally {
      ports.spent(task.kind, usage.requests);
    }
  };
}

async function performTask(
  ports: PerformPorts,
  { job, task, hold }: { readonly job: Job; readonly task: GitHubTask; readonly hold: Hold },
): Promise<Date | null> {
  switch (task.kind) {
    case "head":
      return untilArchived(ports, task, () => judgeCommit(ports, { job, task, hold }));
    case "repository":
      return listed(ports, task, () => sweepRepository(ports, task));
    case "installation":
      return listed(ports, task, () => sweepInstallation(ports, task, job));
  }
}

async function judgeCommit(
  ports: PerformPorts,
  { job, task, hold }: { readonly job: Job; readonly task: HeadTask; readonly hold: Hold },
): Promise<Date | null> {
  const head = { repository: repositoryOf(task), headSha: task.headSha };
  await withdrawFirst(ports, head, task.invalidation).catch((error: unknown) => {
    // Reading tells whether there is a repository left to write to.
    if (!(error instanceof GitHubProblem)) throw error;
    ports.log.warn({ headSha: task.headSha, error }, "could not withdraw a pass");
  });
  if (task.group) return performGroup(ports, { task, group: task.group, hold });
  return performHead(ports, { task, job, hold });
}

/** An archived repository takes no writes and merges nothing. That it is unarchived is announced by an event. */
async function untilArchived(
  { log }: PerformPorts,
  { owner, repo, headSha }: HeadTask,
  judge: () => Promise<Date | null>,
): Promise<Date | null> {
  try {
    return await judge();
  } catch (error) {
    if (!(error instanceof GitHubProblem) || error.problem.code !== ARCHIVED) throw error;
    log.info({ repository: `${owner}/${repo}`, headSha }, "the repository is archived: nothing is judged");
    return null;
  }
}

/**
 * What another process heard this one does not know, so each doubt makes it ask about people anew, once. Doubts are
 * told apart and not compared: they bear the times of several machines.
 */
function forgetter({ github }: PerformPorts): (task: GitHubTask) => void {
  const handled = new Map<number, number>();
  return ({ kind, installationId, invalidation }) => {
    if (kind !== "repository" && (!invalidation || handled.get(installationId) === invalidation.since))
      return;
    if (invalidation) handled.set(installationId, invalidation.since);
    github.forgetAuthority(installationId);
  };
}

/**
 * What GitHub refuses to list is not asked for again: an installation that comes back, or gets its permission, is
 * announced by an event.
 */
async function listed(
  { log }: PerformPorts,
  task: Task,
  sweep: () => Promise<Date | null>,
): Promise<Date | null> {
  try {
    return await sweep();
  } catch (error) {
    if (!(error instanceof GitHubProblem) && !(error instanceof NotFound)) throw error;
    log.warn({ task: JSON.stringify(task), error }, "could not be listed");
    return null;
  }
}

function repositoryOf({ installationId, owner, repo }: RepositoryRef): RepositoryRef {
  return { installationId, owner, repo };
}
