import { setImmediate } from "node:timers/promises";
import { type Clock, systemClock } from "../../src/app/operation/clock.ts";

/** The system's time. Whoever sleeps can be woken early, so that no test waits for a moment to come. */
export class WakingClock implements Clock {
  readonly #sleepers = new Set<AbortController>();
  readonly #begun = new Map<number, number>();

  readonly now = systemClock.now;

  readonly sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    const early = new AbortController();
    this.#begun.set(ms, this.#sleptFor(ms) + 1);
    this.#sleepers.add(early);
    await systemClock.sleep(ms, AbortSignal.any([signal, early.signal]));
    this.#sleepers.delete(early);
  };

  /** Wakes everybody until whoever sleeps for so long has begun to so many times. */
  async untilSlept(ms: number, times: number): Promise<void> {
    const enough = this.#sleptFor(ms) + times;
    while (this.#sleptFor(ms) < enough) {
      for (const sleeper of this.#sleepers) sleeper.abort();
      await setImmediate();
    }
  }

  #sleptFor(ms: number): number {
    return this.#begun.get(ms) ?? 0;
  }
}
