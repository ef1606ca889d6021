/** Bytes a second that are read of bodies of which nobody knows yet whether GitHub sent them. */
export const PACE_BYTES = 16 * 1024 * 1024;
/** Read at once, after a time without any. What turns out to be GitHub's does not count. */
export const PACE_BURST = 64 * 1024 * 1024;
/** Read of each in turn, where more comes than that; nearly all webhooks are smaller. */
export const TURN_BYTES = 64 * 1024;

export interface PaceOptions {
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** Calls back after so many milliseconds. */
  readonly later: (work: () => void, ms: number) => void;
}

/** What brings a body, and can be told to wait. */
export interface Flow {
  readonly pause: () => void;
  readonly resume: () => void;
}

/**
 * How fast bodies are read whose signature has not been checked: reading and hashing them costs time that others wait
 * for. Where too much comes, each waits its turn; what begins is read at once as far as nearly all of GitHub's go.
 */
export class Pace {
  readonly #options: PaceOptions;
  readonly #waiting = new Set<PacedBody>();
  #left = PACE_BURST;
  #at: number;
  #isTimed = false;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#at = options.now();
  }

  /** Whether nothing has to wait now. */
  get isOpen(): boolean {
    this.#refill();
    return this.#left > 0 && this.#waiting.size === 0;
  }

  charge(bytes: number): void {
    this.#left -= bytes;
  }

  giveBack(bytes: number): void {
    this.#left = Math.min(PACE_BURST, this.#left + bytes);
  }

  wait(body: PacedBody): void {
    this.#waiting.add(body);
    this.#admitLater();
  }

  leave(body: PacedBody): void {
    this.#waiting.delete(body);
  }

  #admit(): void {
    this.#isTimed = false;
    this.#refill();
    for (const body of this.#waiting) {
      if (this.#left <= 0) break;
      this.#waiting.delete(body);
      body.goOn();
    }
    if (this.#waiting.size > 0) this.#admitLater();
  }

  #admitLater(): void {
    if (this.#isTimed) return;
    this.#isTimed = true;
    const missing = Math.max(1, TURN_BYTES - this.#left);
    this.#options.later(() => this.#admit(), Math.ceil((missing * 1000) / PACE_BYTES));
  }

  #refill(): void {
    const now = this.#options.now();
    this.#left = Math.min(PACE_BURST, this.#left + ((now - this.#at) / 1000) * PACE_BYTES);
    this.#at = now;
  }
}

/** A body that is read at the pace. */
export class PacedBody {
  readonly #pace: Pace;
  readonly #flow: Flow;
  #charged = 0;
  #received = 0;

  /** Of who was refused before, nothing is read out of turn. */
  constructor(pace: Pace, flow: Flow, isTrusted: boolean) {
    this.#pace = pace;
    this.#flow = flow;
    if (isTrusted) this.#charge();
    else this.#takeTurn();
  }

  received(bytes: number): void {
    this.#received += bytes;
    if (this.#received > this.#charged) this.#takeTurn();
  }

  goOn(): void {
    this.#charge();
    if (this.#received > this.#charged) this.#pace.wait(this);
    else this.#flow.resume();
  }

  /** Nothing more is read of it; what turned out to be genuine does not count. */
  end(isGenuine: boolean): void {
    this.#pace.leave(this);
    this.#pace.giveBack(isGenuine ? this.#charged : Math.max(0, this.#charged - this.#received));
    this.#charged = 0;
    this.#received = 0;
  }

  #takeTurn(): void {
    if (this.#pace.isOpen) this.#charge();
    else {
      this.#flow.pause();
      this.#pace.wait(this);
    }
  }

  #charge(): void {
    this.#charged += TURN_BYTES;
    this.#pace.charge(TURN_BYTES);
  }
}
