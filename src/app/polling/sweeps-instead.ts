import type { Store } from "../../store/store.ts";
import type { Task } from "../../store/task.ts";
import type { Clock } from "../operation/clock.ts";
import type { Attempt } from "../repair/delivery-list.ts";

export interface SweepsPorts {
  readonly store: Pick<Store, "enqueue" | "repository">;
  readonly clock: Pick<Clock, "now">;
  readonly wake: () => void;
}

const EVERY_MS = 15 * 60_000;

/**
 * Has the repositories swept whose deliveries have to wait, because so many came in an hour: what they tell is then found
 * on the pull requests themselves, at the cost of the installation that they come from.
 */
export class SweepsInstead {
  readonly #ports: SweepsPorts;
  readonly #swept = new Map<number, number>();

  constructor(ports: SweepsPorts) {
    this.#ports = ports;
  }

  async of(waiting: readonly Attempt[]): Promise<void> {
    const { store, clock, wake } = this.#ports;
    const now = clock.now();
    const ids = new Set(waiting.flatMap(({ repository_id: id }) => id ?? []));
    const due = [...ids].filter((id) => now.getTime() - (this.#swept.get(id) ?? 0) >= EVERY_MS);
    const tasks: Task[] = [];
    for (const id of due) {
      this.#swept.set(id, now.getTime());
      const known = await store.repository(id);
      if (known === null) continue;
      const { installationId, repositoryId, owner, repo } = known;
      tasks.push({ kind: "repository", routine: true, installationId, repositoryId, owner, repo });
    }
    if (tasks.length === 0) return;
    await store.enqueue(tasks, "sweep", now);
    wake();
  }
}
