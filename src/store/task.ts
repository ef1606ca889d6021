import type { Asker, Priority, Task } from "./store.ts";

/** What makes two tasks the same work. The installation is left out: a reinstalled app does the same under a new one. */
export function taskKey(task: Task): string {
  switch (task.kind) {
    case "head":
      return `head:${task.repositoryId}@${task.headSha}`;
    case "repository":
      return `repository:${task.repositoryId}${task.base === undefined ? "" : `:${task.base}`}`;
    case "installation":
      return `installation:${task.installationId}`;
    case "upkeep":
      return "upkeep";
  }
}

/** A task as it comes to the queue: those who ask for it ask now. */
export function askedAt(task: Task, now: Date): Task {
  if (task.kind !== "head" || task.askedBy === undefined) return task;
  return { ...task, askedBy: task.askedBy.map((asker) => ({ ...asker, at: now.getTime() })) };
}

/** Two requests for one key as one: the newer one, with what the older one knew besides. */
export function mergeTasks(older: Task, newer: Task): Task {
  const merged = isRoutine(older) ? newer : thorough(newer);
  if (older.kind !== "head" || merged.kind !== "head") return merged;
  const pulls = [...new Set([...older.pulls, ...merged.pulls])].sort((a, b) => a - b);
  const group = merged.group ?? older.group;
  const { askedBy: asking, ...rest } = merged;
  const askedBy = bothAsking(asking, older.askedBy);
  return {
    ...{ ...rest, pulls },
    ...(older.republish && { republish: true }),
    ...(askedBy && { askedBy }),
    ...(group && { group }),
  };
}

/** Those who asked last. Where one of the two is not wholly accounted for, neither are both. */
const MOST_ASKERS = 20;

function bothAsking(
  newer: readonly Asker[] | undefined,
  older: readonly Asker[] | undefined,
): readonly Asker[] | undefined {
  if (newer === undefined || older === undefined) return undefined;
  return [...new Map([...older, ...newer].map((asker) => [asker.account, asker])).values()].slice(
    -MOST_ASKERS,
  );
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

/** The order in which jobs are taken: lower first. One less on commits that have passed (`passesFirst`). */
export const URGENCY = { direct: 1, sweep: 3, aside: 5 } as const satisfies Record<Priority, number>;

/** The least urgency of jobs that are set aside. */
export const ASIDE_FROM = URGENCY.aside - 1;
