import type { Quota } from "../operation/metrics.ts";

/** Those for whom work is done that nobody with write permission asked for: all strangers together, the bots of a repository. */
export type Share = "strangers" | `bots of ${number}`;

const HOUR_MS = 60 * 60_000;

/** Of an installation's requests to GitHub in an hour. */
const PART = { strangers: 0.1, bots: 0.5 } as const;

/** REST and GraphQL together grant an installation at least so many (docs on rate limits, seen 2026-11). */
const LEAST_LIMIT = 10_000;

/** Checks that say that a share is used up, in an hour: each takes a write. */
const MOST_NOTICES = 100;

/** How often a commit that has passed is judged all the same: what ends a pass is not put off for long. */
const PASSED_EVERY_MS = 60_000;

interface Hour {
  readonly until: number;
  /** By whom they were drawn. */
  readonly requests: Map<string, number>;
  /** Of all those together. */
  drawn: number;
  /** Who turned out to have write permission, and draws on no share. */
  readonly writers: Set<string>;
  notices: number;
  readonly passedAt: Map<string, number>;
}

interface Drawn {
  readonly by: string;
  readonly requests: number;
}

export interface SharesOptions {
  readonly now: () => Date;
  /** What REST and GraphQL together grant an installation in an hour at least; default: GitHub's. */
  readonly leastLimit?: number;
  readonly quotas: () => readonly (Quota & { readonly installationId: number })[];
}

/**
 * What outsiders and bots may cost an installation in an hour. An hour begins with the first request that is drawn.
 * Each process counts for itself.
 */
export class Shares {
  readonly #options: SharesOptions;
  readonly #hours = new Map<string, Hour>();

  constructor(options: SharesOptions) {
    this.#options = options;
  }

  /** When work on this share goes on; `null`: at once. */
  until(installationId: number, share: Share): Date | null {
    const hour = this.#hour(installationId, share);
    return hour.drawn < this.#most(installationId, share) ? null : new Date(hour.until);
  }

  drew(installationId: number, share: Share, { by, requests }: Drawn): void {
    const hour = this.#hour(installationId, share);
    if (hour.writers.has(by)) return;
    hour.requests.set(by, (hour.requests.get(by) ?? 0) + requests);
    hour.drawn += requests;
  }

  /** Somebody has write permission: nobody asks that of GitHub until a share is used up. */
  mayWrite(installationId: number, share: Share, by: string): void {
    const hour = this.#hour(installationId, share);
    hour.writers.add(by);
    hour.drawn -= hour.requests.get(by) ?? 0;
    hour.requests.delete(by);
  }

  /** When a commit that has passed is judged although the share is used up; `null`: now, which counts. */
  passedAt(installationId: number, share: Share, head: string): Date | null {
    const { passedAt } = this.#hour(installationId, share);
    const now = this.#now();
    const next = (passedAt.get(head) ?? 0) + PASSED_EVERY_MS;
    if (next > now) return new Date(next);
    passedAt.set(head, now);
    return null;
  }

  /** Whether one more check may say that the share is used up, which counts. */
  mayNotify(installationId: number, share: Share): boolean {
    const hour = this.#hour(installationId, share);
    hour.notices += 1;
    return hour.notices <= MOST_NOTICES;
  }

  #most(installationId: number, share: Share): number {
    const own = this.#options.quotas().filter((quota) => quota.installationId === installationId);
    const limit = own.reduce((sum, quota) => sum + quota.limit, 0);
    return (
      PART[share === "strangers" ? "strangers" : "bots"] *
      Math.max(limit, this.#options.leastLimit ?? LEAST_LIMIT)
    );
  }

  #hour(installationId: number, share: Share): Hour {
    const key = `${installationId} ${share}`;
    const known = this.#hours.get(key);
    if (known !== undefined && known.until > this.#now()) return known;
    const fresh: Hour = {
      until: this.#now() + HOUR_MS,
      requests: new Map(),
      drawn: 0,
      writers: new Set(),
      notices: 0,
      passedAt: new Map(),
    };
    this.#hours.set(key, fresh);
    return fresh;
  }

  #now(): number {
    return this.#options.now().getTime();
  }
}
