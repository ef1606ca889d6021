import type { Job, SweepRecord, Task } from "./store.ts";
import { URGENCY } from "./task.ts";

/** GitHub offers a delivery for redelivery for 3 days (Enterprise Server: 7), always under the same id. */
export const DELIVERIES_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

type Row = Readonly<Record<string, unknown>>;

export function toJob(row: Row): Job {
  return {
    key: String(row.key),
    task: toTask(row.task),
    priority: Number(row.urgency) <= URGENCY.direct ? "direct" : "sweep",
    attempts: Number(row.attempts),
    generation: Number(row.generation),
    lease: String(row.lease),
  };
}

/** The column is written by the stores alone. */
export function toTask(column: unknown): Task {
  return JSON.parse(String(column)) as Task;
}

/** The column is written by the stores alone; `undefined` where there is no row. */
export function toSweepRecords(column: unknown): readonly SweepRecord[] {
  return column === undefined ? [] : (JSON.parse(String(column)) as readonly SweepRecord[]);
}
