import { createHash } from "node:crypto";
import { Failure } from "../../failure.ts";
import type { Git } from "../process/git.ts";

/** An object as it is stored. Its bytes are a part of a larger buffer. */
export interface RawObject {
  readonly id: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** The longest single object that is held in memory. */
const LONGEST = 64 << 20;

/**
 * Cuts what `git cat-file --batch` prints into objects, and holds each to its name: git does not do that when it
 * reads, so a prepared pack could show one thing under the name of another.
 */
export class ObjectReader {
  readonly #onObject: (object: RawObject) => void;
  #held: Buffer[] = [];
  #size = 0;
  /** Bytes without which there is nothing to cut. */
  #needed = 1;

  constructor(onObject: (object: RawObject) => void) {
    this.#onObject = onObject;
  }

  push(chunk: Buffer): void {
    this.#held.push(chunk);
    this.#size += chunk.length;
    if (this.#size >= this.#needed) this.#cut();
  }

  end(): void {
    if (this.#size > 0) throw new Failure("git cat-file ended in the middle of an object; run it again");
  }

  #cut(): void {
    const bytes = this.#held.length === 1 ? (this.#held[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#held);
    let at = 0;
    this.#needed = 1;
    while (at < bytes.length) {
      const lineEnd = bytes.indexOf(10, at);
      if (lineEnd === -1) break;
      const { id, type, size } = headerOf(bytes.toString("latin1", at, lineEnd));
      const end = lineEnd + 1 + size;
      if (end >= bytes.length) {
        this.#needed = end + 1 - at;
        break;
      }
      this.#onObject(verified({ id, type, bytes: bytes.subarray(lineEnd + 1, end) }));
      at = end + 1;
    }
    this.#held = at === bytes.length ? [] : [bytes.subarray(at)];
    this.#size = bytes.length - at;
  }
}

/** `<id> <type> <size>`, or `<id> missing`. */
function headerOf(line: string): { readonly id: string; readonly type: string; readonly size: number } {
  const [, id = "", type = "", size = ""] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(line) ?? [];
  if (id === "") {
    const [, missing] = /^([0-9a-f]{40,64}) missing$/.exec(line) ?? [];
    throw new Failure(
      missing === undefined
        ? "git cat-file answered with something this version does not understand"
        : `the object ${missing} is missing here: fetch it first`,
    );
  }
  if (Number(size) > LONGEST)
    throw new Failure(`the ${type} ${id} holds ${size} bytes, which is too much to be read`);
  return { id, type, size: Number(size) };
}

function verified(object: RawObject): RawObject {
  const { id, type, bytes } = object;
  const hash = createHash(id.length === 40 ? "sha1" : "sha256");
  const found = hash.update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
  if (found === id) return object;
  throw new Failure(
    `the ${type} ${id} is not what its name says: the repository is damaged or was tampered with`,
  );
}

/** Reads objects in the order in which they are asked for. Throws a `Failure` when one is missing or damaged. */
export async function readObjects(
  git: Git,
  ids: readonly string[],
  onObject: (object: RawObject) => void,
): Promise<void> {
  if (ids.length === 0) return;
  const reader = new ObjectReader(onObject);
  const feed = (input: NodeJS.WritableStream): void => void input.end(`${ids.join("\n")}\n`);
  for await (const chunk of git.chunks(["cat-file", "--batch", "--buffer"], feed)) reader.push(chunk);
  reader.end();
}

/** The type and size of each object, by its id; what is missing is left out. */
export async function readSizes(
  git: Git,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly type: string; readonly size: number }>> {
  const sizes = new Map<string, { readonly type: string; readonly size: number }>();
  if (ids.length === 0) return sizes;
  const pieces: Buffer[] = [];
  const feed = (input: NodeJS.WritableStream): void => void input.end(`${ids.join("\n")}\n`);
  for await (const piece of git.chunks(["cat-file", "--batch-check", "--buffer"], feed)) pieces.push(piece);
  for (const row of Buffer.concat(pieces).toString("latin1").split("\n")) {
    const [id = "", type = "", size] = row.split(" ");
    if (size !== undefined) sizes.set(id, { type, size: Number(size) });
  }
  return sizes;
}
