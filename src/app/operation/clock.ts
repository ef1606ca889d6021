import { setTimeout } from "node:timers/promises";

/** Time, so that tests can turn it. */
export interface Clock {
  readonly now: () => Date;
  /** Resolves after `ms` milliseconds, or as soon as the signal says so. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A timer cannot wait longer than this. */
const LONGEST_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    // The only thing that rejects is the signal, which is one of the two ways to wake up.
    await setTimeout(Math.min(Math.max(ms, 0), LONGEST_MS), undefined, { signal }).catch(() => {});
  },
};
