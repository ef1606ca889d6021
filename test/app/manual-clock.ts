import type { Clock } from "../../src/app/operation/clock.ts";

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Time that stands still until a test advances it. */
export class ManualClock implements Clock {
  #ms = Date.UTC(2026, 0, 1);
  #sleepers: Sleeper[] = [];

  /** How many wait for time to pass. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  readonly now = (): Date => new Date(this.#ms);

  readonly sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const sleeper = { until: this.#ms + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        resolve();
      });
    });

  /** Lets time pass, and everybody wake whose time has come. */
  async advance(ms: number): Promise<void> {
    this.pass(ms);
    await settled();
  }

  /** The same, but nothing has gone on yet: cheaper where whoever goes on is waited for. */
  pass(ms: number): void {
    this.#ms += ms;
    const due = this.#sleepers.filter(({ until }) => until <= this.#ms);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#ms);
    for (const { wake } of due) wake();
  }
}

/** Everything that can go on without time passing has gone on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
