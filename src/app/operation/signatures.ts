import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

/** Strangers can send what they like, so the log hears of it no more often. */
const LOGGED_EVERY_MS = 60_000;

interface Wrong {
  readonly since: Date;
  readonly count: number;
}

/** Notices that deliveries are signed with another secret than the App's, as after a rotation on one side only. */
export class Signatures {
  readonly #clock: Pick<Clock, "now">;
  readonly #log: Log;
  #wrong: Wrong | null = null;
  #unlogged = 0;
  #loggedAt: number | null = null;

  constructor(clock: Pick<Clock, "now">, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  right(): void {
    this.#wrong = null;
  }

  wrong(): void {
    const now = this.#clock.now();
    this.#wrong = { since: this.#wrong?.since ?? now, count: (this.#wrong?.count ?? 0) + 1 };
    this.#unlogged += 1;
    if (this.#loggedAt !== null && now.getTime() - this.#loggedAt < LOGGED_EVERY_MS) return;
    this.#log.warn(
      { count: this.#unlogged, remedy: REMEDY },
      "deliveries with a wrong signature were refused",
    );
    this.#unlogged = 0;
    this.#loggedAt = now.getTime();
  }

  /** In words. A right signature since the last wrong one shows that the secret is right, and the rest strangers'. */
  get standing(): string {
    if (this.#wrong === null) return "ok";
    const { since, count } = this.#wrong;
    return `${count} with a wrong signature since ${since.toISOString()}, and none with a right one: ${REMEDY}`;
  }
}

const REMEDY = "if GitHub sent them, set WEBHOOK_SECRET to the secret in the App's webhook settings";
