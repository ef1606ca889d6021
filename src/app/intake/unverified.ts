import type { Duplex } from "node:stream";

export interface Bounds {
  readonly connections: number;
  /** Of bodies, in memory. */
  readonly bytes: number;
}

/** GitHub sends a body at once: what comes in less than this is not held against a sender. */
const YOUNG_MS = 1_000;

/** The rate of a sender is that of about its last second. */
const RATE_MS = 1_000;

/** Nearly all webhooks are smaller. Such bodies are never dropped for their bytes: the connections bound them. */
export const SMALL_BYTES = 64 * 1024;

/** Requests on one connection that are not answered yet. */
const MOST_AHEAD = 16;

/** With small bodies on all connections, there is still room for a body of 25 MB. */
export const BOUNDS: Bounds = { connections: 256, bytes: 48 * 1024 * 1024 };

export interface UnverifiedOptions {
  readonly bounds: Bounds;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** Called for each connection that is dropped. */
  readonly dropped: () => void;
}

/**
 * All that strangers make the process hold: connections, and bytes of bodies whose signature has not been checked.
 * Where it is too much, the slowest goes first, so that holding places takes as much as sending deliveries.
 */
export class Unverified {
  readonly #options: UnverifiedOptions;
  readonly #senders = new Map<Duplex, Sender>();
  #bytes = 0;

  constructor(options: UnverifiedOptions) {
    this.#options = options;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Those on which a genuine delivery waits for its answer do not count. */
  get connections(): number {
    return this.#unverified().length;
  }

  /** Counts a new connection until it ends. */
  connected(socket: Duplex): void {
    this.#senders.set(socket, new Sender(this.#options.now, (bytes) => this.#hold(bytes)));
    socket.once("close", () => this.#forget(socket));
    if (this.connections > this.#options.bounds.connections) this.#dropSlowest(() => true);
  }

  /** The sender at the other end of a connection; `null` once it was dropped. */
  sender(socket: Duplex): Sender | null {
    return this.#senders.get(socket) ?? null;
  }

  #hold(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#options.bounds.bytes) this.#dropSlowest((sender) => sender.bytes > SMALL_BYTES);
  }

  #forget(socket: Duplex): void {
    this.#senders.get(socket)?.release();
    this.#senders.delete(socket);
  }

  #unverified(): readonly (readonly [Duplex, Sender])[] {
    return [...this.#senders].filter(([, { verified }]) => !verified);
  }

  #dropSlowest(droppable: (sender: Sender) => boolean): void {
    const candidates = this.#unverified().filter(([, sender]) => droppable(sender));
    const [slowest] = candidates.toSorted(([, one], [, other]) => bySlowness(one, other));
    if (slowest === undefined) return;
    const [socket, sender] = slowest;
    const answered = sender.giveUp();
    this.#forget(socket);
    this.#options.dropped();
    if (!answered) socket.destroy();
  }
}

/** One end of a connection, as far as it is not known to be GitHub. */
export class Sender {
  readonly #now: () => number;
  readonly #hold: (bytes: number) => void;
  #since: number;
  #bytes = 0;
  #recent = 0;
  #recentAt: number;
  #verified = false;
  #known = false;
  #inTurn: Promise<void> = Promise.resolve();
  #waiting = 0;
  #onGiveUp: (() => void) | null = null;

  constructor(now: () => number, hold: (bytes: number) => void) {
    this.#now = now;
    this.#hold = hold;
    this.#since = now();
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

  /** A body begins; `onGiveUp` is called if it is to be given up while it is read. */
  begins(onGiveUp: () => void): void {
    this.#onGiveUp = onGiveUp;
  }

  /** So much has come. */
  received(bytes: number): void {
    this.#recent = this.rate() + bytes;
    this.#recentAt = this.#now();
  }

  /** So much more is kept. It may be too much: then somebody is dropped, perhaps this one. */
  hold(bytes: number): void {
    this.#bytes += bytes;
    this.#hold(bytes);
  }

  /** Nothing of its body is kept any more, or what is kept is genuine. */
  release(): void {
    this.#onGiveUp = null;
    const bytes = this.#bytes;
    this.#bytes = 0;
    if (bytes > 0) this.#hold(-bytes);
  }

  /** Its delivery is genuine: nobody drops it before it is answered. */
  accepted(): void {
    this.release();
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
}

/**
 * Strangers before those who delivered something genuine, and the old before the young; of the old the slowest, of the
 * young the one that has been silent for longest.
 */
function bySlowness(one: Sender, other: Sender): number {
  return (
    Number(one.known) - Number(other.known) ||
    Number(isYoung(one)) - Number(isYoung(other)) ||
    (isYoung(one) ? 0 : one.rate() - other.rate()) ||
    other.silence() - one.silence() ||
    other.age() - one.age()
  );
}

function isYoung(sender: Sender): boolean {
  return sender.age() < YOUNG_MS;
}
