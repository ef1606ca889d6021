import { Poller } from "../../../src/app/polling/poller.ts";
import type { GitHubClient } from "../../../src/github/client/client.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Task } from "../../../src/store/task.ts";
import { ManualClock } from "../manual-clock.ts";
import { type Notes, notes } from "../notes.ts";

export const EVERY_MS = 5_000;

/** A poller whose deliveries go into a store, with a note of each in its order. */
export class Polled {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly log: Notes = notes();
  readonly taken: { readonly id: string; readonly event: string; readonly payload: unknown }[] = [];
  readonly swept: Task[] = [];
  readonly poller: Poller;
  /** Called before each delivery is put on disk. */
  onAccept: () => void = () => {};

  constructor(client: GitHubClient, before?: Polled) {
    this.store = before?.store ?? openSqliteStore(":memory:");
    this.clock = before?.clock ?? new ManualClock();
    const { store, clock, log } = this;
    this.poller = new Poller({
      ...{ clock, log, everyMs: EVERY_MS, client: async () => client, wake: () => {} },
      store: {
        accepted: (ids) => store.accepted(ids),
        repository: (id) => store.repository(id),
        enqueue: async (tasks) => void this.swept.push(...tasks),
      },
      accept: async ({ delivery, payload }) => {
        this.onAccept();
        await store.accept(delivery, { tasks: [] }, clock.now());
        this.taken.push({ id: delivery.id, event: delivery.event, payload });
      },
    });
  }

  get ids(): readonly string[] {
    return this.taken.map(({ id }) => id);
  }

  /** Looks until nothing more is to be read at once. */
  async look(): Promise<void> {
    while (await this.poller.look());
  }
}
