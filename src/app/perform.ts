import { GitHubProblem, NotFound } from "../github/errors.ts";
import type { Task } from "../store/store.ts";
import { type HeadPorts, performHead } from "./head-job.ts";
import type { Perform } from "./worker.ts";

/** What each kind of task does. */
export function performer(ports: HeadPorts): Perform {
  return async (job, hold) => {
    const { task } = job;
    switch (task.kind) {
      case "head":
        return performHead(ports, { task, job, hold });
      case "repository":
        return sweep(ports, task, () => openHeads(ports, task));
      case "installation":
        return sweep(ports, task, () => repositories(ports, task.installationId));
    }
  };
}

/**
 * Replaces a task by smaller ones, behind whatever somebody waits for. What GitHub refuses to list is not asked for
 * again: an installation that comes back, or gets its permission, is announced by an event.
 */
async function sweep(
  { store, clock, log }: HeadPorts,
  task: Task,
  smaller: () => Promise<readonly Task[]>,
): Promise<null> {
  try {
    await store.enqueue(await smaller(), "sweep", clock.now());
  } catch (error) {
    if (!(error instanceof GitHubProblem) && !(error instanceof NotFound)) throw error;
    log.warn({ task: JSON.stringify(task), error }, "could not be listed");
  }
  return null;
}

async function openHeads(
  { github }: HeadPorts,
  task: Extract<Task, { kind: "repository" }>,
): Promise<readonly Task[]> {
  const { installationId, owner, repo, base } = task;
  github.forgetAuthority(installationId);
  const open = await github.openPulls({ installationId, owner, repo });
  return open
    .filter(({ baseRef }) => base === undefined || baseRef === base)
    .map(({ number, headSha }) => ({ kind: "head", headSha, pulls: [number], installationId, owner, repo }));
}

async function repositories({ github }: HeadPorts, installationId: number): Promise<readonly Task[]> {
  const all = await github.repositories(installationId);
  return all.map((repository) => ({ kind: "repository", ...repository }));
}
