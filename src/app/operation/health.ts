import { redact } from "../../github/client/errors.ts";
import type { Store } from "../../store/store.ts";
import { describeError } from "./log.ts";

export interface Health {
  /** All jobs, those put off until later included. */
  readonly jobs: number;
  /** Jobs that are due or in work. */
  readonly active: number;
  /** For how long the longest waiting job has been due, in seconds. */
  readonly oldestSeconds: number;
}

/** Whether deliveries may be sent here, and how each part stands, in words. */
export interface Readiness {
  readonly ready: boolean;
  readonly store: string;
  readonly queue: string;
  readonly github: string;
}

/** How the queue stands. Rejects when the store does not answer. */
export async function health(
  store: Pick<Store, "active" | "depth" | "nextDueAt">,
  now: Date,
): Promise<Health> {
  const [jobs, active, due] = await Promise.all([store.depth(), store.active(now), store.nextDueAt()]);
  const waitedMs = due === null ? 0 : Math.max(now.getTime() - due.getTime(), 0);
  return { jobs, active, oldestSeconds: Math.floor(waitedMs / 1000) };
}

/** A job that has been due for so long waits for something that does not come. */
const LATE_SECONDS = 600;

export interface ReadinessFacts {
  readonly health: () => Promise<Health>;
  /** The process was told to end. */
  readonly stopping: boolean;
  /** GitHub has accepted the App's key since the start. */
  readonly introduced: boolean;
  /** Since when GitHub has not answered, `null` while it does. */
  readonly silentSince: Date | null;
}

/**
 * Ready is who can put deliveries on disk. A GitHub that does not answer is told but takes nobody out of service:
 * what is accepted meanwhile waits in the queue, and what is turned away is lost.
 */
export async function readiness(standing: ReadinessFacts): Promise<Readiness> {
  const { stopping, introduced, silentSince } = standing;
  const github = introduced
    ? silentSince === null
      ? "ok"
      : `has not answered since ${silentSince.toISOString()}`
    : "has not accepted the App's key yet";
  try {
    const { oldestSeconds } = await standing.health();
    const late =
      oldestSeconds > LATE_SECONDS ? `late: a job has been due for ${oldestSeconds} seconds` : "ok";
    const queue = stopping ? "stopping" : late;
    return { ready: introduced && !stopping, store: "ok", queue, github };
  } catch (error) {
    return { ready: false, store: redact(describeError(error)), queue: "unknown", github };
  }
}
