interface Entry<T> {
  readonly value: T;
  readonly weight: number;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

export interface CacheOptions<T> {
  /** The most the entries may weigh together; the least recently used go first. */
  readonly capacity: number;
  /** What an entry weighs; 1 by default. */
  readonly weigh?: (value: T) => number;
  /** How long an entry is good for, in milliseconds; for ever by default. */
  readonly ttlMs?: number;
}

/** A bounded memory of answers, the least recently used forgotten first. Time comes from the caller. */
export class Cache<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #options: CacheOptions<T>;
  #weight = 0;

  constructor(options: CacheOptions<T>) {
    this.#options = options;
  }

  get(key: string, now: Date): T | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.drop(key);
    if (entry.expires <= now.getTime()) return undefined;
    this.#keep(key, entry);
    return entry.value;
  }

  set(key: string, value: T, now: Date): void {
    this.drop(key);
    const weight = this.#options.weigh?.(value) ?? 1;
    if (weight > this.#options.capacity) return;
    this.#keep(key, { value, weight, expires: now.getTime() + (this.#options.ttlMs ?? Infinity) });
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
