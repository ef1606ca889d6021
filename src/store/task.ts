import type { Priority, Task } from "./store.ts";

/**
 * What makes two tasks the same work. GitHub's names ignore case; the installation is left out, because a
 * reinstalled app asks for the same work under a new one.
 */
export function taskKey(task: Task): string {
  switch (task.kind) {
    case "head":
      return `head:${repositoryKey(task)}@${task.headSha}`;
    case "repository":
      return `repository:${repositoryKey(task)}${task.base === undefined ? "" : `:${task.base}`}`;
    case "installation":
      return `installation:${task.installationId}`;
  }
}

export function repositoryKey(repository: { readonly owner: string; readonly repo: string }): string {
  return `${repository.owner}/${repository.repo}`.toLowerCase();
}

/** Two requests for one key as one: the newer one, with what the older one knew besides. */
export function mergeTasks(older: Task, newer: Task): Task {
  if (older.kind !== "head" || newer.kind !== "head") return newer;
  const pulls = [...new Set([...older.pulls, ...newer.pulls])].sort((a, b) => a - b);
  return { ...newer, pulls, ...(older.republish && { republish: true }) };
}

/** The order in which jobs are taken: lower first. */
export const URGENCY = { direct: 0, sweep: 1 } as const satisfies Record<Priority, number>;
