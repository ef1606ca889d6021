import type { Duplex } from "node:stream";
import { Pace, type PaceOptions, TURN_BYTES } from "./pace.ts";
import { Sender } from "./sender.ts";

export interface Bounds {
  readonly connections: number;
  /** Of bodies, in memory. */
  readonly bytes: number;
}

/** GitHub sends a body at once: what comes in less than this is not held against a sender. */
const YOUNG_MS = 1_000;

/** Nearly all webhooks are smaller. Such bodies are never dropped for their bytes: the connections bound them. */
export const SMALL_BYTES = TURN_BYTES;

/** With small bodies on all connections, there is still room for a body of 25 MB. */
export const BOUNDS: Bounds = { connections: 256, bytes: 48 * 1024 * 1024 };

export interface UnverifiedOptions extends PaceOptions {
  readonly bounds: Bounds;
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
  readonly #pace: Pace;
  #bytes = 0;

  constructor(options: UnverifiedOptions) {
    this.#options = options;
    this.#pace = new Pace(options);
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
    this.#senders.set(
      socket,
      new Sender({ now: this.#options.now, hold: (bytes) => this.#hold(bytes), pace: this.#pace }),
    );
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
