import type { Attempt } from "../repair/delivery-list.ts";

/** A delivery that was heard of and is not accepted yet. */
export interface Unread {
  readonly attempt: Attempt;
  /** When it was delivered. Milliseconds, by GitHub's clock. */
  readonly at: number;
  /** How often reading it has failed. */
  readonly failures: number;
  /** Not before this time. Milliseconds. */
  readonly notBefore: number;
}

/** Somebody waits for what is younger than this; it goes ahead of what was missed while the app was away. */
const FRESH_MS = 60_000;

/** Beyond this the oldest are left to the sweeps. */
const MOST = 50_000;

/** Deliveries that were heard of and are not accepted yet, by the id that all attempts at one share. */
export class Backlog {
  readonly #unread = new Map<string, Unread>();

  get size(): number {
    return this.#unread.size;
  }

  has(guid: string): boolean {
    return this.#unread.has(guid);
  }

  /** Of several attempts at a delivery, the newest is kept the longest. */
  add(attempts: readonly Attempt[]): void {
    for (const attempt of attempts) {
      const known = this.#unread.get(attempt.guid);
      const first = known ?? { attempt, at: timeOf(attempt), failures: 0, notBefore: 0 };
      if (timeOf(attempt) >= timeOf(first.attempt)) this.#unread.set(attempt.guid, { ...first, attempt });
    }
    if (this.size <= MOST) return;
    const oldest = [...this.#unread.values()].toSorted(byTime).slice(0, this.size - MOST);
    for (const { attempt } of oldest) this.done(attempt.guid);
  }

  /** Those that may be read now, oldest first; but what has just happened goes ahead of the rest. */
  due(now: Date): readonly Unread[] {
    const due = [...this.#unread.values()].filter(({ notBefore }) => notBefore <= now.getTime());
    const since = now.getTime() - FRESH_MS;
    const ordered = due.toSorted(byTime);
    const first = ordered.findIndex(({ at }) => at >= since);
    return first < 0 ? ordered : [...ordered.slice(first), ...ordered.slice(0, first)];
  }

  failed(unread: Unread, again: Date): void {
    const failures = unread.failures + 1;
    this.#unread.set(unread.attempt.guid, { ...unread, failures, notBefore: again.getTime() });
  }

  done(guid: string): void {
    this.#unread.delete(guid);
  }
}

export function timeOf({ delivered_at: at }: Attempt): number {
  return Date.parse(at);
}

/** Attempts in one second keep the order of their list, which is turned to oldest first before it comes here. */
function byTime(one: Unread, other: Unread): number {
  return one.at - other.at;
}
