import type { Job } from "../../store/task.ts";
import type { Quota } from "../operation/metrics.ts";

/**
 * GitHub asks for a second between writes, and stops an installation at 80 a minute that create content (docs on
 * rate limits, seen 2026-11). So many may come at once: with one more each second that stays below 80.
 */
const WRITE_BURST = 10;

/** Where replicas share the rate, they share the burst. */
function burstAt(rate: number | null): number {
  return Math.max(1, Math.min(1, rate ?? 1) * WRITE_BURST);
}

/** Jobs that wait for writes, each lane by itself: what may be wrongly green does not queue behind what is red. */
type Lane = "passed" | "direct" | "sweep" | "aside";

/** What decides the lane of a job. */
export type Urgency = Pick<Job, "priority" | "hasPassed">;

function laneOf({ priority, hasPassed }: Urgency): Lane {
  return priority === "direct" && hasPassed ? "passed" : priority;
}

/** The share of writes at once that verdicts leave to withdrawals. */
const KEPT_FOR_WITHDRAWALS = 0.25;

/** The share of the hourly limit that each kind of work leaves to what is more urgent. */
const KEPT_OF_THE_HOUR = {
  passed: 0.02,
  direct: 0.02,
  sweep: 0.2,
  aside: 0.2,
} as const satisfies Record<Lane, number>;

/** Lanes that leave half of the writes at once to the others. */
const MODEST: ReadonlySet<Lane> = new Set(["sweep", "aside"]);

/** How long a suspended installation is left alone, unless there is news of it. */
const SUSPENDED_MS = 10 * 60_000;

export interface BudgetOptions {
  readonly now: () => Date;
  /** `null`: GitHub Enterprise Server without limits. */
  readonly writesPerSecond: number | null;
}

interface Budget {
  /** Below zero after a job that wrote more than was left. */
  writes: number;
  /** When `writes` was true. Milliseconds, as all below. */
  at: number;
  closedUntil: number;
  suspendedUntil: number;
  /** When the last job that was put off may start, so that the next one comes after it. */
  readonly slots: Record<Lane, number>;
  readonly quotas: Map<string, Quota>;
  /** Withdrawals under way. */
  withdrawing: number;
}

/**
 * What each installation may still ask of GitHub. Nobody waits in here: a job whose installation has used up its
 * share goes back to the queue with the moment it may start, and the others go on.
 */
export class Budgets {
  readonly #options: BudgetOptions;
  readonly #burst: number;
  readonly #budgets = new Map<number, Budget>();

  constructor(options: BudgetOptions) {
    this.#options = options;
    this.#burst = burstAt(options.writesPerSecond);
  }

  /** A request that GitHub counts as a write was made. */
  wrote(installationId: number): void {
    const budget = this.#of(installationId);
    if (this.#options.writesPerSecond !== null) budget.writes = this.#writes(budget) - 1;
    budget.at = this.#now();
  }

  observed(installationId: number, quota: Quota): void {
    this.#of(installationId).quotas.set(quota.resource, quota);
  }

  /** GitHub wants nothing more from the installation until then. */
  close(installationId: number, until: Date): void {
    const budget = this.#of(installationId);
    budget.closedUntil = Math.max(budget.closedUntil, until.getTime());
  }

  /** GitHub gives the installation no token. */
  suspended(installationId: number): void {
    this.#of(installationId).suspendedUntil = this.#now() + SUSPENDED_MS;
  }

  /** There is news of the installation itself: it may be back. */
  resumed(installationId: number): void {
    this.#of(installationId).suspendedUntil = 0;
  }

  /** When a pass may be withdrawn; `null`: at once. It waits for no limit but that on writes. */
  withdrawalAt(installationId: number): Date | null {
    const budget = this.#of(installationId);
    const rate = this.#options.writesPerSecond;
    if (rate === null) return null;
    const missing = 1 + budget.withdrawing - this.#writes(budget);
    return missing <= 0 ? null : new Date(Math.ceil(this.#now() + (missing * 1000) / rate));
  }

  /** Counts a withdrawal under way; verdicts wait meanwhile. */
  async withdrawing<T>(installationId: number, work: () => Promise<T>): Promise<T> {
    const budget = this.#of(installationId);
    budget.withdrawing += 1;
    try {
      return await work();
    } finally {
      budget.withdrawing -= 1;
    }
  }

  /** When a job of this installation may start; `null`: at once. */
  startAt(installationId: number, urgency: Urgency): Date | null {
    const lane = laneOf(urgency);
    const budget = this.#of(installationId);
    const now = this.#now();
    const wait = opensAt(budget, lane);
    if (wait > now) return new Date(wait);
    return this.#slot(budget, lane);
  }

  /** Whether something may be asked on behalf of a job before it is known when it may start. */
  isOpen(installationId: number, urgency: Urgency): boolean {
    return opensAt(this.#of(installationId), laneOf(urgency)) <= this.#now();
  }

  /** The newest quotas of all installations. */
  quotas(): readonly (Quota & { readonly installationId: number })[] {
    return [...this.#budgets].flatMap(([installationId, { quotas }]) =>
      [...quotas.values()].map((quota) => ({ installationId, ...quota })),
    );
  }

  /** Those that must wait for writes get a moment each, one after another. */
  #slot(budget: Budget, lane: Lane): Date | null {
    const rate = this.#options.writesPerSecond;
    if (rate === null) return null;
    const kept = this.#burst * KEPT_FOR_WITHDRAWALS + budget.withdrawing;
    const needed = MODEST.has(lane) ? Math.max(1 + kept, this.#burst / 2) : 1 + kept;
    const missing = Math.min(needed, this.#burst) - this.#writes(budget);
    if (missing <= 0) return null;
    const second = 1000 / rate;
    budget.slots[lane] = Math.max(budget.slots[lane] + second, this.#now() + missing * second);
    return new Date(Math.ceil(budget.slots[lane]));
  }

  #writes({ writes, at }: Budget): number {
    const rate = this.#options.writesPerSecond;
    if (rate === null) return this.#burst;
    return Math.min(this.#burst, writes + ((this.#now() - at) / 1000) * rate);
  }

  #of(installationId: number): Budget {
    const known = this.#budgets.get(installationId);
    if (known) return known;
    const fresh: Budget = {
      writes: this.#burst,
      at: this.#now(),
      closedUntil: 0,
      suspendedUntil: 0,
      slots: { passed: 0, direct: 0, sweep: 0, aside: 0 },
      quotas: new Map(),
      withdrawing: 0,
    };
    this.#budgets.set(installationId, fresh);
    return fresh;
  }

  #now(): number {
    return this.#options.now().getTime();
  }
}

function opensAt(budget: Budget, lane: Lane): number {
  return Math.max(budget.closedUntil, budget.suspendedUntil, exhausted(budget, lane));
}

/** Until when the hourly limit is used up, but for the share that is kept. */
function exhausted({ quotas }: Budget, lane: Lane): number {
  const kept = KEPT_OF_THE_HOUR[lane];
  const used = [...quotas.values()].filter(({ remaining, limit }) => remaining <= limit * kept);
  return Math.max(0, ...used.map(({ reset }) => reset));
}
