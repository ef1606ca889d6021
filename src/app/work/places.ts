import type { Store } from "../../store/store.ts";
import type { Job, Part } from "../../store/task.ts";
import type { Clock } from "../operation/clock.ts";

/** However much goes ahead, one of the jobs that are set aside is taken so often. */
const ASIDE_EVERY_MS = 60_000;

export interface PlacesOptions {
  readonly store: Pick<Store, "claim" | "nextDueAt">;
  readonly clock: Pick<Clock, "now">;
  readonly leaseMs: number;
  /** Jobs in work at once, beside one that was set aside. */
  readonly most: () => number;
}

/** Where a repository that has many jobs alone has work of the first class, the others are looked for so often. */
const OTHERS_EVERY_MS = 100;

/**
 * Which job is taken next. What is set aside waits until nothing else does, but not for ever, and one such job is in
 * work at a time. Within a class of work, a repository that has half of the places lets the others go first.
 */
export class Places {
  readonly #options: PlacesOptions;
  /** When a job that was set aside was taken last. Milliseconds. */
  #asideAt = 0;
  /** When a repository that had half of the places was given one more. Milliseconds. */
  #othersAt = 0;

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  async claim(running: Iterable<Job>): Promise<Job | null> {
    const { store, clock, leaseMs } = this.#options;
    const now = clock.now();
    const jobs = [...running];
    const free = this.#free(jobs);
    const crowding = this.#crowding(jobs);
    const last = now.getTime() - this.#othersAt < OTHERS_EVERY_MS ? [] : crowding;
    const isOverdue = now.getTime() - this.#asideAt >= ASIDE_EVERY_MS;
    for (const part of isOverdue ? free.toReversed() : free) {
      if (part === "aside" && !isOverdue && !free.includes("ahead")) continue;
      const job = await store.claim(now, leaseMs, { part, last });
      if (part === "aside") this.#asideAt = now.getTime();
      if (job === null) continue;
      if (crowding.includes(repositoryOf(job))) this.#othersAt = now.getTime();
      return job;
    }
    return null;
  }

  /** The repositories that have half of the places. */
  #crowding(jobs: readonly Job[]): readonly number[] {
    const half = this.#options.most() / 2;
    const byRepository = Map.groupBy(jobs, repositoryOf);
    return [...byRepository].flatMap(([id, { length }]) => (id !== NONE && length >= half ? [id] : []));
  }

  /** When there will be one to take, `null` where that is not known: because there is none, or no place for it. */
  async nextDueAt(running: Iterable<Job>): Promise<Date | null> {
    const free = this.#free(running);
    if (!free.includes("ahead")) return null;
    return this.#options.store.nextDueAt(free.includes("aside") ? undefined : "ahead");
  }

  /** The parts of the queue that there is a place for. */
  #free(running: Iterable<Job>): readonly Part[] {
    const jobs = [...running];
    const aside = jobs.filter(({ priority }) => priority === "aside").length;
    const ahead = jobs.length - aside;
    return [
      ...(ahead < this.#options.most() ? (["ahead"] as const) : []),
      ...(aside === 0 ? (["aside"] as const) : []),
    ];
  }
}

const NONE = 0;

function repositoryOf({ task }: Job): number {
  return "repositoryId" in task ? task.repositoryId : NONE;
}
