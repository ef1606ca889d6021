export interface RateOptions {
  /** How many may come at once. */
  readonly burst: number;
  readonly perSecond: number;
  readonly now: () => Date;
}

interface Bucket {
  left: number;
  /** Milliseconds. */
  at: number;
}

/** More callers than this are counted together: strangers make up no names here. */
const MOST_CALLERS = 10_000;
const ALL_OTHERS = "";

/** How often each caller may do something. */
export class Rate {
  readonly #options: RateOptions;
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: RateOptions) {
    this.#options = options;
  }

  /** False where the caller has done it too often. */
  take(caller: string): boolean {
    const bucket = this.#of(caller);
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }

  #of(caller: string): Bucket {
    const { burst, perSecond, now } = this.#options;
    const at = now().getTime();
    const known = this.#buckets.get(caller);
    if (known) {
      known.left = Math.min(burst, known.left + (Math.max(0, at - known.at) / 1000) * perSecond);
      known.at = at;
      return known;
    }
    if (this.#buckets.size >= MOST_CALLERS) this.#forgetFull(at);
    const name = this.#buckets.size >= MOST_CALLERS ? ALL_OTHERS : caller;
    const fresh = this.#buckets.get(name) ?? { left: burst, at };
    this.#buckets.set(name, fresh);
    return fresh;
  }

  #forgetFull(at: number): void {
    const { burst, perSecond } = this.#options;
    for (const [caller, bucket] of this.#buckets)
      if (bucket.left + ((at - bucket.at) / 1000) * perSecond >= burst) this.#buckets.delete(caller);
  }
}
