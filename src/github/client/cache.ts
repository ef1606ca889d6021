interface Entry<T> {
  readonly value: T;
  readonly weight: number;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  readonly expires: number;
}

export interface CacheOptions<T> {
  /** The most the entries may weigh together; the least recently used go first. */
  readonly capacity: number;
  /** What an entry weighs; 1 by default. */
  readonly weigh?: (value: T) => number;
  /** How long an entry is valid, in milliseconds; unlimited by default. */
  readonly ttlMs?: number;
}

/**
 * A bounded memory of answers, the least recently used forgotten first. Time comes from the caller, and an answer is
 * as old as its question.
 */
export class Cache<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #options: CacheOptions<T>;
  #weight = 0;

  constructor(options: CacheOptions<T>) {
    this.#options = options;
  }

  /** An answer to a question from before `notBefore` (milliseconds) is forgotten. */
  get(key: string, now: Date, notBefore = 0): T | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.drop(key);
    if (entry.expires <= now.getTime() || entry.askedAt < notBefore) return undefined;
    this.#keep(key, entry);
    return entry.value;
  }

  /** Keeps the answer to a question that was asked then, unless a newer one was answered meanwhile. */
  set(key: string, value: T, askedAt: Date): void {
    const asked = askedAt.getTime();
    if ((this.#entries.get(key)?.askedAt ?? asked) > asked) return;
    this.drop(key);
    const weight = this.#options.weigh?.(value) ?? 1;
    if (weight > this.#options.capacity) return;
    this.#keep(key, { value, weight, askedAt: asked, expires: asked + (this.#options.ttlMs ?? Infinity) });
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#options.capacity) return;
      this.drop(oldest);
    }
  }

  drop(key: string): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }

  dropPrefix(prefix: string): void {
    for (const key of [...this.#entries.keys()]) if (key.startsWith(prefix)) this.drop(key);
  }

  #keep(key: string, entry: Entry<T>): void {
    this.#entries.set(key, entry);
    this.#weight += entry.weight;
  }
}
