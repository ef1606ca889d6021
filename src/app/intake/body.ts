import type { IncomingMessage } from "node:http";
import type { Sender } from "./unverified.ts";

/** GitHub sends nothing larger: such deliveries are dropped on its side. */
export const MAX_BODY_BYTES = 25 * 1024 * 1024;

/** Beyond this a sender who was told "too large" is cut off. */
const MAX_DISCARDED_BYTES = 2 * MAX_BODY_BYTES;

const FIRST_BLOCK_BYTES = 4 * 1024;
const LARGEST_BLOCK_BYTES = 1024 * 1024;

/**
 * What has come of a body, in blocks of our own: a body that comes byte by byte would else be held in as many
 * buffers, which take hundreds of times its length.
 */
class Blocks {
  readonly #blocks: Buffer[] = [];
  #allocated = 0;
  #length = 0;

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
    }
    return this.#allocated - before;
  }

  text(): string {
    return Buffer.concat(this.#blocks, this.#length).toString("utf8");
  }

  #grow(): void {
    const size = Math.min(Math.max(this.#allocated, FIRST_BLOCK_BYTES), LARGEST_BLOCK_BYTES);
    this.#blocks.push(Buffer.allocUnsafeSlow(size));
    this.#allocated += size;
  }
}

/** The body is larger than allowed, or its sender was the slowest of too many. */
export type Unread = "too-large" | "dropped";

export interface Body {
  readonly length: number;
  /** The whole of it, as text. */
  readonly text: () => string;
}

export interface Reading {
  readonly maxBytes: number;
  readonly sender: Sender;
  /** Told of each piece as it comes. */
  readonly onChunk?: (chunk: Buffer) => void;
}

/** Reads a body; no more than the limit is ever held. Rejects when the sender hangs up. */
export async function readBody(request: IncomingMessage, reading: Reading): Promise<Body | Unread> {
  const { maxBytes, sender, onChunk } = reading;
  if (request.destroyed) throw hungUp();
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) return "too-large";
  const blocks = new Blocks();
  let length = 0;
  const { promise, resolve, reject } = Promise.withResolvers<Body | Unread>();
  const onData = (chunk: Buffer): void => {
    length += chunk.length;
    sender.received(chunk.length);
    if (length > maxBytes) resolve("too-large");
    else {
      onChunk?.(chunk);
      sender.hold(blocks.add(chunk));
    }
  };
  const onClose = () => reject(hungUp());
  sender.begins(() => resolve("dropped"));
  request.on("data", onData).once("error", reject).once("close", onClose);
  request.once("end", () => resolve({ length, text: () => blocks.text() }));
  try {
    return await promise;
  } finally {
    request.pause().off("data", onData).off("error", reject).off("close", onClose);
  }
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
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_DISCARDED_BYTES) request.destroy();
  });
  request.on("error", () => {});
  request.resume();
}
