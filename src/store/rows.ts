import type { SweepRecord } from "./memory.ts";
import type { Job, Part, Priority, Task } from "./task.ts";
import { ASIDE_FROM, URGENCY } from "./task.ts";

/** GitHub offers a delivery for redelivery for 3 days (Enterprise Server: 7), always under the same id. */
export const DELIVERIES_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** The urgency of a job that is set aside: of those too, the ones on commits that have passed come first. */
export const SET_ASIDE = `CASE WHEN urgency % 2 = 0 THEN ${ASIDE_FROM} ELSE ${URGENCY.aside} END`;

/** What is made of the condition on a job that puts it into a part of the queue; without a part, of none. */
export function byPart<T>(make: (condition: string) => T): (part?: Part) => T {
  const all = make("true");
  const parts = { ahead: make(`urgency < ${ASIDE_FROM}`), aside: make(`urgency >= ${ASIDE_FROM}`) };
  return (part) => (part === undefined ? all : parts[part]);
}

type Row = Readonly<Record<string, unknown>>;

export function toJob(row: Row): Job {
  const urgency = Number(row.urgency);
  const priority = priorityOf(urgency);
  return {
    key: String(row.key),
    task: toTask(row.task),
    priority,
    hasPassed: urgency < URGENCY[priority],
    attempts: Number(row.attempts),
    generation: Number(row.generation),
    lease: String(row.lease),
  };
}

function priorityOf(urgency: number): Priority {
  if (urgency >= ASIDE_FROM) return "aside";
  return urgency <= URGENCY.direct ? "direct" : "sweep";
}

/** The column is written by the stores alone. */
export function toTask(column: unknown): Task {
  return JSON.parse(String(column)) as Task;
}

/** The column is written by the stores alone. */
export function toSweepRecords(column: unknown): readonly SweepRecord[] {
  return JSON.parse(String(column)) as readonly SweepRecord[];
}
