import { type Flow, type Pace, PacedBody } from "./pace.ts";

/** The rate of a sender is that of about its last second. */
const RATE_MS = 1_000;

/** Requests on one connection that are not answered yet. */
const MOST_AHEAD = 16;

interface SenderOptions {
  readonly now: () => number;
  readonly hold: (bytes: number) => void;
  readonly pace: Pace;
}

/** One end of a connection, as far as it is not known to be GitHub. */
export class Sender {
  readonly #options: SenderOptions;
  #body: PacedBody | null = null;
  #wasRefused = false;
  #since: number;
  #bytes = 0;
  #recent = 0;
  #recentAt: number;
  #verified = false;
  #known = false;
  #inTurn: Promise<void> = Promise.resolve();
  #waiting = 0;
  #onGiveUp: (() => void) | null = null;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#since = this.#now();
    this.#recentAt = this.#since;
  }

  /** What is held of its body. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Its delivery is genuine, and not answered yet. */
  get verified(): boolean {
    return this.#verified;
  }

  /** A genuine delivery has come from here before. */
  get known(): boolean {
    return this.#known;
  }

  /**
   * Does the work for one request after that for the one before. False where too many wait already: nobody who
   * reads the answers sends so many requests ahead.
   */
  inTurn(work: () => Promise<void>): boolean {
    if (this.#waiting >= MOST_AHEAD) return false;
    this.#waiting += 1;
    this.#inTurn = this.#inTurn.then(work).finally(() => {
      this.#waiting -= 1;
    });
    return true;
  }

  /** A body begins, which is paused where others go first; `onGiveUp` is called if it is to be given up. */
  begins(flow: Flow, onGiveUp: () => void): void {
    this.#onGiveUp = onGiveUp;
    this.#body = new PacedBody(this.#options.pace, flow, !this.#wasRefused);
  }

  /** What it sent was not GitHub's. */
  refused(): void {
    this.#wasRefused = true;
  }

  /** So much has come. */
  received(bytes: number): void {
    this.#recent = this.rate() + bytes;
    this.#recentAt = this.#now();
    this.#body?.received(bytes);
  }

  /** So much more is kept. It may be too much: then somebody is dropped, perhaps this one. */
  hold(bytes: number): void {
    this.#bytes += bytes;
    this.#options.hold(bytes);
  }

  /** Nothing of its body is kept any more, or what is kept is genuine. */
  release(isGenuine = false): void {
    this.#onGiveUp = null;
    this.#body?.end(isGenuine);
    this.#body = null;
    const bytes = this.#bytes;
    this.#bytes = 0;
    if (bytes > 0) this.#options.hold(-bytes);
  }

  /** Its delivery is genuine: nobody drops it before it is answered. */
  accepted(): void {
    this.release(true);
    this.#wasRefused = false;
    this.#verified = true;
    this.#known = true;
  }

  answered(): void {
    this.release();
    this.#verified = false;
    this.#since = this.#now();
  }

  /** Bytes in about the last second. */
  rate(): number {
    return this.#recent * Math.exp((this.#recentAt - this.#now()) / RATE_MS);
  }

  /** Milliseconds for which it has not shown that it is GitHub. */
  age(): number {
    return this.#now() - this.#since;
  }

  /** Milliseconds since something came. */
  silence(): number {
    return this.#now() - this.#recentAt;
  }

  /** Ends the reading of its body; false when none is being read. */
  giveUp(): boolean {
    const onGiveUp = this.#onGiveUp;
    this.#onGiveUp = null;
    onGiveUp?.();
    return onGiveUp !== null;
  }

  #now(): number {
    return this.#options.now();
  }
}
