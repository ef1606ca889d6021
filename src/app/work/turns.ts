import { Cache } from "../../github/client/cache.ts";
import type { Store } from "../../store/store.ts";
import type { Asker, HeadTask, Job } from "../../store/task.ts";
import type { Budgets } from "../github/budgets.ts";
import type { Shares } from "../github/shares.ts";
import { accounted } from "../github/usage.ts";
import type { Clock } from "../operation/clock.ts";
import type { Writers } from "./writers.ts";

export interface TurnPorts {
  readonly store: Pick<Store, "publishedChecks">;
  readonly clock: Pick<Clock, "now">;
  readonly writers: Writers;
  readonly budgets: Pick<Budgets, "isOpen">;
  readonly shares: Pick<Shares, "drew">;
}

interface Asking {
  readonly asking: readonly Asker[];
  readonly isAlone: () => Promise<boolean>;
}

const HEADS = 20_000;
/** A commit that has passed is judged so often in its usual turn, whoever asks. */
const PASSED_EVERY_MS = 60_000;

/**
 * Which jobs let all others go first: those that only people without write permission asked for. Bots have a share of
 * their own, and what nobody in particular asked for is everybody's.
 */
export class Turns {
  readonly #ports: TurnPorts;
  /** When the last work on a head began that was done: whoever asked before has been served. */
  readonly #served = new Cache<number>({ capacity: HEADS });
  readonly #passed = new Cache<true>({ capacity: HEADS, ttlMs: PASSED_EVERY_MS });

  constructor(ports: TurnPorts) {
    this.#ports = ports;
  }

  /** Whether a job has to be set aside. GitHub is not asked who may write for a job that keeps no other waiting. */
  async isAside(job: Job, isAlone: () => Promise<boolean>): Promise<boolean> {
    const { task } = job;
    if (task.kind !== "head" || task.group !== undefined) return false;
    const asking = this.#asking(job.key, task);
    if (asking.length === 0 || asking.some(({ bot }) => bot)) return false;
    if (await this.#someWrite(job, task, { asking, isAlone })) return false;
    const published = await this.#ports.store.publishedChecks(task, task.headSha);
    // What was withdrawn is judged again at once.
    if (published.some(({ state }) => state !== "standing")) return false;
    return !job.hasPassed || !this.#passesInTurn(job.key);
  }

  /** A job is done whose work began then. */
  done({ key, task }: Job, began: Date): void {
    if (task.kind === "head") this.#served.set(key, began.getTime(), began);
  }

  #asking(key: string, { askedBy = [] }: HeadTask): readonly Asker[] {
    const served = this.#served.get(key, this.#ports.clock.now()) ?? 0;
    const since = askedBy.filter(({ at = Number.POSITIVE_INFINITY }) => at >= served);
    return since.length > 0 ? since : askedBy;
  }

  async #someWrite(job: Job, task: HeadTask, { asking, isAlone }: Asking): Promise<boolean> {
    const { writers, budgets, shares } = this.#ports;
    const { installationId } = task;
    const known = asking.map((asker) => writers.known(task, asker));
    if (known.includes(true)) return true;
    if (!known.includes(undefined)) return false;
    if (!budgets.isOpen(installationId, job) || (await isAlone())) return true;
    const usage = { installationId, requests: 0 };
    try {
      return await accounted(usage, async () => {
        for (const asker of asking) if ((await writers.mayWrite(task, asker)) !== false) return true;
        return false;
      });
    } finally {
      shares.drew(installationId, "strangers", { by: "", requests: usage.requests });
    }
  }

  #passesInTurn(key: string): boolean {
    const now = this.#ports.clock.now();
    if (this.#passed.get(key, now)) return false;
    this.#passed.set(key, true, now);
    return true;
  }
}
