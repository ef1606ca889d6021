import type { Invalidation, Priority, Task } from "./store.ts";

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
    case "upkeep":
      return "upkeep";
  }
}

export function repositoryKey(repository: { readonly owner: string; readonly repo: string }): string {
  return `${repository.owner}/${repository.repo}`.toLowerCase();
}

/** Two requests for one key as one: the newer one, with what the older one knew besides. */
export function mergeTasks(older: Task, newer: Task): Task {
  const invalidation = mergeInvalidations(older.invalidation, newer.invalidation);
  const formerly = older.kind === "repository" && older.formerly;
  const invalidated = {
    ...(isRoutine(older) ? newer : thorough(newer)),
    ...(invalidation && { invalidation }),
    ...(formerly && { formerly }),
  };
  if (older.kind !== "head" || invalidated.kind !== "head") return invalidated;
  const pulls = [...new Set([...older.pulls, ...invalidated.pulls])].sort((a, b) => a - b);
  const group = invalidated.group ?? older.group;
  return { ...invalidated, pulls, ...(older.republish && { republish: true }), ...(group && { group }) };
}

function isRoutine(task: Task): boolean {
  return "routine" in task && task.routine === true;
}

/** A sweep that looks at everything. */
function thorough(task: Task): Task {
  if (task.kind !== "repository" && task.kind !== "installation") return task;
  const { routine: _, ...whole } = task;
  return whole;
}

function mergeInvalidations(
  older: Invalidation | undefined,
  newer: Invalidation | undefined,
): Invalidation | undefined {
  if (!older || !newer) return older ?? newer;
  const of = older.of === "all" ? "all" : newer.of;
  return { of, since: Math.max(older.since, newer.since) };
}

/** The order in which jobs are taken: lower first. */
export const URGENCY = { direct: 0, sweep: 1 } as const satisfies Record<Priority, number>;
