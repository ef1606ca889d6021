import type { IncomingMessage } from "node:http";
import type { Sender } from "./sender.ts";

/** GitHub sends nothing larger: such deliveries are dropped on its side. */
export const MAX_BODY_BYTES = 25 * 1024 * 1024;

/** GitHub's bodies come in pieces as large as packets. Each piece costs time, however small it is. */
const FREE_PIECES = 1_000;
const LEAST_BYTES_A_PIECE = 64;

/** Beyond this a sender who was told "too large" is cut off. */
const MAX_DISCARDED_BYTES = 2 * MAX_BODY_BYTES;

const FIRST_BLOCK_BYTES = 4 * 1024;
const LARGEST_BLOCK_BYTES = 1024 * 1024;

/**
 * What has come of a body, in blocks of our own: a body that comes byte by byte would else be held in as many
 * buffers, which take hundreds of times its length.
 */
class Blocks {
  readonly #blocks: Buffer<ArrayBuffer>[] = [];
  readonly #onFull: (block: Buffer) => void;
  #allocated = 0;
  #length = 0;

  /** `onFull` is told of each block, in their order, once nothing more goes into it. */
  constructor(onFull: (block: Buffer) => void) {
    this.#onFull = onFull;
  }

  /** The bytes that keeping so much more takes. */
  add(chunk: Buffer): number {
    const before = this.#allocated;
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#length === this.#allocated) this.#grow();
      const block = this.#blocks.at(-1) ?? rest;
      const copied = rest.copy(block, block.length - (this.#allocated - this.#length));
      this.#length += copied;
      rest = rest.subarray(copied);
      if (this.#length === this.#allocated) this.#onFull(block);
    }
    return this.#allocated - before;
  }

  /** Nothing more comes. */
  end(): void {
    const block = this.#blocks.at(-1);
    const free = this.#allocated - this.#length;
    if (block !== undefined && free > 0) this.#onFull(block.subarray(0, block.length - free));
  }

  /** What has come, as text; nothing is kept of it here. */
  take(): string {
    const whole = Buffer.allocUnsafeSlow(this.#length);
    let copied = 0;
    for (const block of this.#blocks.splice(0)) {
      copied += block.copy(whole, copied);
      free(block);
    }
    const text = whole.toString("utf8");
    free(whole);
    return text;
  }

  drop(): void {
    for (const block of this.#blocks.splice(0)) free(block);
  }

  #grow(): void {
    const size = Math.min(Math.max(this.#allocated, FIRST_BLOCK_BYTES), LARGEST_BLOCK_BYTES);
    this.#blocks.push(Buffer.allocUnsafeSlow(size));
    this.#allocated += size;
  }
}

/** Gives memory back at once. Garbage outside the heap would wait for a collection that strangers' bodies outrun. */
function free({ buffer }: Buffer<ArrayBuffer>): void {
  buffer.transfer(0);
}

/** A piece as it came, once it was copied or is not wanted; Node gives each memory of its own. */
function freeWhole(chunk: Buffer): void {
  const { buffer } = chunk;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === chunk.byteLength) buffer.transfer(0);
}

/** The body is larger than allowed, or in too many pieces, or its sender was the slowest of too many. */
export type Unread = "too-large" | "fragmented" | "dropped";

export interface Body {
  readonly length: number;
  /** The whole of it, as text. It can be taken once. */
  readonly take: () => string;
  /** Nobody wants it. */
  readonly drop: () => void;
}

export interface Reading {
  readonly maxBytes: number;
  readonly sender: Sender;
  /** Told of the body, in parts, as it comes. */
  readonly onPart?: (part: Buffer) => void;
}

/** Reads a body; no more than the limit is ever held. Rejects when the sender hangs up. */
export async function readBody(request: IncomingMessage, reading: Reading): Promise<Body | Unread> {
  const { maxBytes, sender, onPart = () => {} } = reading;
  if (request.destroyed) throw hungUp();
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) return "too-large";
  const blocks = new Blocks(onPart);
  let length = 0;
  let pieces = 0;
  const { promise, resolve, reject } = Promise.withResolvers<Body | Unread>();
  const onData = (chunk: Buffer): void => {
    length += chunk.length;
    pieces += 1;
    sender.received(chunk.length);
    if (length > maxBytes) resolve("too-large");
    else if (isFragmented(pieces, length)) resolve("fragmented");
    else sender.hold(blocks.add(chunk));
    freeWhole(chunk);
  };
  const onClose = () => reject(hungUp());
  request.on("data", onData).once("error", reject).once("close", onClose);
  request.once("end", () => {
    blocks.end();
    resolve({ length, take: () => blocks.take(), drop: () => blocks.drop() });
  });
  sender.begins(request, () => resolve("dropped"));
  let whole = false;
  try {
    const read = await promise;
    whole = typeof read !== "string";
    return read;
  } finally {
    if (!whole) blocks.drop();
    // What still comes goes by: paused, it would be kept piece by piece.
    request.off("data", onData).off("error", reject).off("close", onClose);
  }
}

function isFragmented(pieces: number, bytes: number): boolean {
  return pieces > FREE_PIECES + bytes / LEAST_BYTES_A_PIECE;
}

function hungUp(): Error {
  return new Error("the sender hung up");
}

/**
 * Lets the rest of a refused body go by unread, for a while: a connection cut while the sender still writes would
 * hide the answer from it.
 */
export function discardBody(request: IncomingMessage): void {
  let bytes = 0;
  let pieces = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    pieces += 1;
    freeWhole(chunk);
    if (bytes > MAX_DISCARDED_BYTES || isFragmented(pieces, bytes)) request.destroy();
  });
  request.on("error", () => {});
  request.resume();
}
