import { isAscii, isUtf8 } from "node:buffer";
import { decodeBytes } from "./bytes.ts";

const NUL = "\0";

/** Bytes that are decoded together: long enough to be fast, short enough for the young part of the heap. */
const PIECE = 16_384;

/**
 * Cuts a stream of bytes into NUL-terminated fields. Many fields are decoded at once and then cut, which is many
 * times faster than the other way round; so a field is a part of a longer text, and who keeps it should copy it.
 */
export class FieldSplitter {
  readonly #onField: (field: string) => void;
  #held: Buffer[] = [];

  constructor(onField: (field: string) => void) {
    this.#onField = onField;
  }

  push(chunk: Buffer): void {
    const end = chunk.lastIndexOf(0) + 1;
    if (end > 0) {
      this.#held.push(chunk.subarray(0, end));
      this.#cut(this.#held.length === 1 ? chunk.subarray(0, end) : Buffer.concat(this.#held));
      this.#held = [];
    }
    if (end < chunk.length) this.#held.push(chunk.subarray(end));
  }

  /** Whether a field was begun and not ended. */
  get isInField(): boolean {
    return this.#held.length > 0;
  }

  /** Only fields that are whole get here. */
  #cut(bytes: Buffer): void {
    for (let from = 0; from < bytes.length; ) {
      const end = bytes.lastIndexOf(0, from + PIECE) + 1;
      const to = end > from ? end : bytes.indexOf(0, from) + 1;
      this.#decode(bytes.subarray(from, to));
      from = to;
    }
  }

  #decode(bytes: Buffer): void {
    if (isAscii(bytes)) this.#cutText(bytes.toString("latin1"));
    else if (isUtf8(bytes)) this.#cutText(bytes.toString("utf8"));
    else this.#cutBytes(bytes);
  }

  #cutText(text: string): void {
    let from = 0;
    for (let nul = text.indexOf(NUL); nul !== -1; nul = text.indexOf(NUL, from)) {
      this.#onField(text.slice(from, nul));
      from = nul + 1;
    }
  }

  #cutBytes(bytes: Buffer): void {
    let from = 0;
    for (let nul = bytes.indexOf(0); nul !== -1; nul = bytes.indexOf(0, from)) {
      this.#onField(decodeBytes(bytes.subarray(from, nul)));
      from = nul + 1;
    }
  }
}
