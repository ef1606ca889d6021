import { redact } from "../../github/client/redact.ts";
import type { Store } from "../../store/store.ts";
import type { Job, Task } from "../../store/task.ts";
import type { Budgets } from "../github/budgets.ts";
import type { Clock } from "../operation/clock.ts";
import { describeError, type Log } from "../operation/log.ts";
import { limitedUntil, readAgainAt, retryAt } from "./backoff.ts";
import { Places } from "./places.ts";
import type { Turns } from "./turns.ts";

/** What a running job knows of its own hold on the work. */
export interface Hold {
  /** False when another worker has the job by now: then nothing may be written any more. */
  readonly stillMine: () => Promise<boolean>;
}

/** A job that is done for now, and has to be done once more at a moment unless somebody asks for it before. */
interface OnceMore {
  readonly onceMoreAt: Date;
}

/** Does a job. Answers when to try it again, or `null` when it is done. A rejection is a try that failed. */
export type Perform = (job: Job, hold: Hold) => Promise<Date | OnceMore | null>;

export interface WorkerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly perform: Perform;
  readonly budgets: Budgets;
  /** Whose jobs let all others go first. */
  readonly turns: Pick<Turns, "isAside" | "done">;
  /** Jobs in work at once, beside one that was set aside; the queue never gives out two of one head commit. */
  readonly parallel?: () => number;
  /** Whether something more urgent is going on: then one job at a time has to do. */
  readonly restrained?: () => boolean;
}

const PARALLEL = () => 10;
const LEASE_MS = 60_000;
const RENEW_MS = LEASE_MS / 3;
const IDLE_MS = 60_000;
const STORE_FAULT_MS = 5_000;

/** Works the queue off, for ever: nothing that a job does ends the loop, and no job is given up. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #places: Places;
  readonly #running = new Map<Job, Promise<void>>();
  readonly #stopping = new AbortController();
  #nap = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(options: WorkerOptions) {
    this.#options = options;
    const { store, clock, parallel = PARALLEL, restrained } = options;
    const most = () => (restrained?.() ? 1 : parallel());
    this.#places = new Places({ store, clock, leaseMs: LEASE_MS, most });
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Something may be due: looks at the queue at once. */
  wake(): void {
    this.#nap.abort();
  }

  /** Takes nothing new, waits up to `graceMs` for what is in work, and gives the rest back to the queue. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.wake();
    const done = new AbortController();
    const finished = this.#finished().then(() => done.abort());
    await Promise.race([finished, this.#options.clock.sleep(graceMs, done.signal)]);
    const { store, clock } = this.#options;
    for (const job of this.#running.keys()) await store.retry(job, clock.now(), "stopped while in work");
  }

  /** Works off what is due now and what that leads to; answers how many jobs were taken. */
  async runDue(): Promise<number> {
    let taken = 0;
    while (true) {
      taken += await this.#fill();
      if (this.#running.size === 0) return taken;
      await Promise.race(this.#running.values());
    }
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#nap = new AbortController();
      const waitMs = await this.#round().catch((error: unknown) => {
        this.#options.log.error({ error }, "the store failed");
        return STORE_FAULT_MS;
      });
      if (!this.#stopping.signal.aborted) await this.#options.clock.sleep(waitMs, this.#nap.signal);
    }
  }

  /** Fills the free places; answers for how long nothing will be due, in milliseconds. */
  async #round(): Promise<number> {
    await this.#fill();
    const due = await this.#places.nextDueAt(this.#running.keys());
    const now = this.#options.clock.now();
    return due === null ? IDLE_MS : Math.min(Math.max(due.getTime() - now.getTime(), 0), IDLE_MS);
  }

  async #fill(): Promise<number> {
    let taken = 0;
    while (true) {
      if (this.#stopping.signal.aborted) return taken;
      const job = await this.#places.claim(this.#running.keys());
      if (job === null) return taken;
      const work = this.#work(job).finally(() => {
        this.#running.delete(job);
        this.wake();
      });
      this.#running.set(job, work);
      taken += 1;
    }
  }

  async #work(job: Job): Promise<void> {
    const done = new AbortController();
    const renewal = this.#keepLease(job, done.signal);
    try {
      await this.#attempt(job);
    } catch (error) {
      // The store itself failed. The lease will run out, and the job is taken again.
      this.#options.log.error({ job: job.key, error }, "could not note how a job went");
    } finally {
      done.abort();
      await renewal;
    }
  }

  async #attempt(job: Job): Promise<void> {
    const { store, clock, log, perform, budgets, turns } = this.#options;
    const installationId = installationOf(job.task);
    if (job.priority !== "aside" && (await turns.isAside(job, () => this.#isAlone(job))))
      return store.setAside(job);
    const began = clock.now();
    if (job.task.kind === "installation") budgets.resumed(job.task.installationId);
    const later = installationId === null ? null : budgets.startAt(installationId, job);
    if (later) return store.defer(job, later);
    try {
      const again = await perform(job, { stillMine: () => store.renew(job, clock.now(), LEASE_MS) });
      if (again !== null && "onceMoreAt" in again) await store.defer(job, again.onceMoreAt);
      else if (again)
        await store.retry(job, readAgainAt(again, job.attempts, clock.now()), "to be read again");
      else {
        await store.finish(job);
        turns.done(job, began);
      }
    } catch (error) {
      const now = clock.now();
      const at = retryAt(error, job.attempts, now);
      const until = limitedUntil(error, now);
      if (until && installationId !== null) budgets.close(installationId, until);
      log.warn({ job: job.key, attempts: job.attempts + 1, again: at.toISOString(), error }, "a job failed");
      await store.retry(job, at, redact(describeError(error)));
    }
  }

  /** Whether nothing else is in work or waits. */
  async #isAlone(job: Job): Promise<boolean> {
    const { store, clock } = this.#options;
    for (const other of this.#running.keys()) if (other !== job) return false;
    const due = await store.nextDueAt("ahead");
    return due === null || due > clock.now();
  }

  async #keepLease(job: Job, done: AbortSignal): Promise<void> {
    const { store, clock, log } = this.#options;
    while (true) {
      await clock.sleep(RENEW_MS, done);
      if (done.aborted) return;
      try {
        if (!(await store.renew(job, clock.now(), LEASE_MS))) return;
      } catch (error) {
        log.error({ job: job.key, error }, "could not renew a lease");
      }
    }
  }

  async #finished(): Promise<void> {
    await this.#loop;
    await Promise.all(this.#running.values());
  }
}

function installationOf(task: Task): number | null {
  // What ends by time alone asks nothing of GitHub, and waits for no limit.
  return task.kind === "upkeep" || task.kind === "expiry" ? null : task.installationId;
}
