import { Poller } from "../../../src/app/polling/poller.ts";
import type { GitHubClient } from "../../../src/github/client/client.ts";
import type { SeenRepository } from "../../../src/store/repository.ts";
import type { Task } from "../../../src/store/task.ts";
import { ManualClock } from "../manual-clock.ts";
import { type Notes, notes } from "../notes.ts";

export const EVERY_MS = 5_000;

/** A poller whose deliveries are kept here, with a note of each in its order. */
export class Polled {
  /** The ids of what was accepted, also before. */
  readonly accepted: Set<string>;
  readonly repositories: SeenRepository[] = [];
  readonly clock: ManualClock;
  readonly log: Notes = notes();
  readonly taken: { readonly id: string; readonly event: string; readonly payload: unknown }[] = [];
  readonly swept: Task[] = [];
  readonly poller: Poller;
  /** Called before each delivery is put on disk. */
  onAccept: () => void = () => {};

  constructor(client: GitHubClient, before?: Polled) {
    this.accepted = new Set(before?.accepted);
    this.clock = before?.clock ?? new ManualClock();
    const { accepted, clock, log } = this;
    this.poller = new Poller({
      ...{ clock, log, everyMs: EVERY_MS, client: async () => client, wake: () => {} },
      store: {
        accepted: async (ids) => new Set(ids.filter((id) => accepted.has(id))),
        repository: async (id) => this.repositories.find(({ repositoryId }) => repositoryId === id) ?? null,
        enqueue: async (tasks) => void this.swept.push(...tasks),
      },
      accept: async ({ delivery, payload }) => {
        this.onAccept();
        accepted.add(delivery.id);
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
