/** Why nothing more is asked. */
export type Stop =
  | { readonly kind: "requests"; readonly most: number }
  /** Of an hour's requests no more than the share that is left to others. */
  | { readonly kind: "quota"; readonly remaining: number; readonly limit: number; readonly resetAt: string }
  | { readonly kind: "unavailable"; readonly message: string }
  | { readonly kind: "interrupted" };

export class Stopped extends Error {
  readonly stop: Stop;

  constructor(stop: Stop) {
    super(`stopped: ${stop.kind}`);
    this.stop = stop;
  }
}

interface Left {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: string;
}

/** Left of each hour for whoever else uses the token. */
const KEPT_SHARE = 0.2;

/** Counts requests, and says when there have been enough. */
export class Budget {
  readonly #most: number;
  readonly #left = new Map<string, Left>();
  #asked = 0;
  #stop: Stop | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  get asked(): number {
    return this.#asked;
  }

  /** Before a request. @throws {Stopped} */
  take(): void {
    const stop = this.#stop ?? this.#reason();
    if (stop !== null) throw new Stopped(stop);
    this.#asked += 1;
  }

  stop(reason: Stop): void {
    this.#stop ??= reason;
  }

  /** What an answer says of the hour, lower-cased; GitHub counts REST and GraphQL apart. */
  heard(headers: Readonly<Record<string, string>>): void {
    const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) =>
      Number(headers[`x-ratelimit-${name}`] ?? Number.NaN),
    );
    if (limit === undefined || remaining === undefined || reset === undefined) return;
    if (!(limit > 0) || Number.isNaN(remaining) || Number.isNaN(reset)) return;
    const resetAt = new Date(reset * 1000).toISOString();
    this.#left.set(headers["x-ratelimit-resource"] ?? "core", { limit, remaining, resetAt });
  }

  #reason(): Stop | null {
    if (this.#asked >= this.#most) return { kind: "requests", most: this.#most };
    for (const left of this.#left.values())
      if (left.remaining <= left.limit * KEPT_SHARE) return { kind: "quota", ...left };
    return null;
  }
}
