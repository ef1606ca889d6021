import { GitHubProblem, NotFound } from "../github/errors.ts";
import type { Job, RepositoryRef, Task } from "../store/store.ts";
import type { Budgets } from "./budgets.ts";
import { performGroup } from "./group-job.ts";
import { type HeadPorts, performHead } from "./head-job.ts";
import { accounted } from "./usage.ts";
import { isDoubted, withdrawFirst } from "./withdraw-first.ts";
import type { Hold, Perform } from "./worker.ts";

export interface PerformPorts extends HeadPorts {
  readonly budgets: Pick<Budgets, "mayWrite">;
  /** Looks for what was missed, and answers when to do it again. */
  readonly upkeep: () => Promise<Date>;
  /** Told how many requests to GitHub a job took. */
  readonly spent: (kind: Task["kind"], requests: number) => void;
}

type RepositoryTask = Extract<Task, { kind: "repository" }>;
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
      await withdrawFirst(ports, { repository: repositoryOf(task), headSha: task.headSha }, task.doubt);
      if (task.group) return performGroup(ports, { task, group: task.group, hold });
      return performHead(ports, { task, job, hold });
    case "repository":
      return listed(ports, task, () => sweepRepository(ports, task));
    case "installation":
      return listed(ports, task, () => sweepInstallation(ports, task, job));
  }
}

/**
 * What another process heard this one does not know, so each doubt makes it ask about people anew, once. Doubts are
 * told apart and not compared: they bear the times of several machines.
 */
function forgetter({ github }: PerformPorts): (task: GitHubTask) => void {
  const handled = new Map<number, number>();
  return ({ kind, installationId, doubt }) => {
    if (kind !== "repository" && (!doubt || handled.get(installationId) === doubt.since)) return;
    if (doubt) handled.set(installationId, doubt.since);
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

/**
 * Replaces the task by one for each open head, behind whatever somebody waits for. Passes in doubt go first, all of
 * them, before any is judged again; where the writes for that run out, the rest waits for its turn.
 */
async function sweepRepository(ports: PerformPorts, task: RepositoryTask): Promise<Date | null> {
  const { store, github, budgets, clock } = ports;
  const { base, doubt, formerly } = task;
  const repository = repositoryOf(task);
  if (formerly) await store.rename(formerly, repository);
  const open = await github.openPulls(repository);
  const heads = open.filter(({ baseRef }) => base === undefined || baseRef === base);
  for (const { headSha } of heads) {
    if (!(await isDoubted(ports, { repository, headSha }, doubt))) continue;
    if (!budgets.mayWrite(task.installationId)) return clock.now();
    await withdrawFirst(ports, { repository, headSha }, doubt);
  }
  const tasks = heads.map(({ number, headSha }): Task => {
    return { kind: "head", headSha, pulls: [number], ...repository, ...(doubt && { doubt }) };
  });
  await store.enqueue(tasks, "sweep", clock.now());
  return null;
}

/** A doubt is not left waiting: withdrawing what it is about goes beside the direct work. */
async function sweepInstallation(
  { store, github, clock }: PerformPorts,
  { installationId, doubt }: Extract<Task, { kind: "installation" }>,
  { priority }: Job,
): Promise<null> {
  const all = await github.repositories(installationId);
  const tasks = all.map((repository): Task => {
    return { kind: "repository", ...repository, ...(doubt && { doubt }) };
  });
  await store.enqueue(tasks, doubt ? priority : "sweep", clock.now());
  return null;
}

function repositoryOf({ installationId, owner, repo }: RepositoryRef): RepositoryRef {
  return { installationId, owner, repo };
}
