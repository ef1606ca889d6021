import type { SweepRecord } from "./memory.ts";
import { classAt, firstUrgency, PASSED_URGENCY, URGENCY } from "./order.ts";
import type { Job, Part, Task } from "./task.ts";

/** GitHub offers a delivery for redelivery for 3 days (Enterprise Server: 7), always under the same id. */
export const DELIVERIES_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Those of commits that have passed, as SQL lists them. */
const PASSED = Object.values(PASSED_URGENCY).join(", ");

/** The urgency of a job that is set aside: of those too, the ones on commits that have passed come first. */
export const SET_ASIDE = `CASE WHEN urgency IN (${PASSED}) THEN ${PASSED_URGENCY.aside} ELSE ${URGENCY.aside} END`;

/** The same of a job whose commit turns out to have passed. */
export const SET_PASSED = `CASE
    WHEN urgency >= ${firstUrgency("aside")} THEN ${PASSED_URGENCY.aside}
    WHEN urgency >= ${firstUrgency("sweep")} THEN ${PASSED_URGENCY.sweep}
    ELSE ${PASSED_URGENCY.direct}
  END`;

const ASIDE_FROM = firstUrgency("aside");

/** What is made of the condition on a job that puts it into a part of the queue; without a part, of none. */
export function byPart<T>(make: (condition: string) => T): (part?: Part) => T {
  const all = make("true");
  const parts = { ahead: make(`urgency < ${ASIDE_FROM}`), aside: make(`urgency >= ${ASIDE_FROM}`) };
  return (part) => (part === undefined ? all : parts[part]);
}

type Row = Readonly<Record<string, unknown>>;

export function toJob(row: Row): Job {
  const { priority, passed = false } = classAt(Number(row.urgency));
  return {
    key: String(row.key),
    task: toTask(row.task),
    priority,
    hasPassed: passed,
    attempts: Number(row.attempts),
    generation: Number(row.generation),
    lease: String(row.lease),
  };
}

/** The column is written by the stores alone. */
export function toTask(column: unknown): Task {
  return JSON.parse(String(column)) as Task;
}

/** The column is written by the stores alone. */
export function toSweepRecords(column: unknown): readonly SweepRecord[] {
  return JSON.parse(String(column)) as readonly SweepRecord[];
}
