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

/** Shares that are counted at a time. Those beyond have one together, as large as that of one. */
const MOST_SHARES = 10_000;

/** Accounts of a share of which it is known how much they drew. Of others it is not given back if they may write. */
const MOST_ACCOUNTS = 1_000;

interface Hour {
  readonly until: number;
  /** By whom they were drawn. */
  readonly requests: Map<string, number>;
  /** Of all those together. */
  drawn: number;
  /** Who turned out to have write permission, and draws on no share. */
  readonly writers: Set<string>;
  notices: number;
  /** Those of the last minute, the earliest first. */
  readonly passedAt: Map<string, number>;
}

/** The share of those beyond the most that are counted. */
const OTHERS = "others";

interface Drawn {
  readonly by: string;
  readonly requests: number;
}

export interface SharesOptions {
  readonly now: () => Date;
  /** What REST and GraphQL together grant an installation in an hour at least; default: GitHub's. */
  readonly leastLimit?: number;
  readonly quotas: () => readonly (Quota & { readonly installationId: number })[];
  readonly mostShares?: number;
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
    hour.drawn += requests;
    const before = hour.requests.get(by);
    if (before !== undefined || hour.requests.size < MOST_ACCOUNTS)
      hour.requests.set(by, (before ?? 0) + requests);
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
    for (const [earliest, at] of passedAt) {
      if (at + PASSED_EVERY_MS > now) break;
      passedAt.delete(earliest);
    }
    const last = passedAt.get(head);
    if (last !== undefined) return new Date(last + PASSED_EVERY_MS);
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
    const own = `${installationId} ${share}`;
    const known = this.#standing(own);
    if (known !== undefined) return known;
    this.#forgetPast();
    const key = this.#hours.size < (this.#options.mostShares ?? MOST_SHARES) ? own : OTHERS;
    return this.#standing(key) ?? this.#begin(key);
  }

  #standing(key: string): Hour | undefined {
    const known = this.#hours.get(key);
    return known !== undefined && known.until > this.#now() ? known : undefined;
  }

  /** All last as long, so that those that began first end first. */
  #forgetPast(): void {
    for (const [key, { until }] of this.#hours) {
      if (until > this.#now()) break;
      this.#hours.delete(key);
    }
  }

  #begin(key: string): Hour {
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
