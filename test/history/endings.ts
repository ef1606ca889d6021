import type { Store } from "../../src/store/store.ts";

/** When what passes is to be judged again because time alone may end it. */
export class Endings {
  /** By commit, in milliseconds. */
  readonly #at = new Map<string, number>();

  /** The store, of which is noted what is put to a moment in it. */
  notedOf(store: Store): Store {
    return {
      ...store,
      schedule: async (task, at) => {
        if (task.kind === "expiry") this.#note(task.headSha, at.getTime());
        return store.schedule(task, at);
      },
    };
  }

  /** How many jobs wait for nothing but their time. */
  ahead(now: Date): number {
    for (const [sha, at] of this.#at) if (at <= now.getTime()) this.#at.delete(sha);
    return this.#at.size;
  }

  /** The earlier of two moments counts. */
  #note(sha: string, at: number): void {
    this.#at.set(sha, Math.min(at, this.#at.get(sha) ?? at));
  }
}
