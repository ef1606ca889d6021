import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { statsOf } from "../../files/place.ts";

/** A new file, its owner's alone, of which the SHA-256 is known when it is closed. */
export class SealedFile {
  readonly name: string;
  readonly #file: FileHandle;
  readonly #hash = createHash("sha256");
  #waiting: string[] = [];
  #size = 0;

  private constructor(name: string, file: FileHandle) {
    this.name = name;
    this.#file = file;
  }

  static async create(folder: string, name: string): Promise<SealedFile> {
    const file = await open(join(folder, name), "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
      throw new Failure(`${name} cannot be written: ${error.code}`);
    });
    return new SealedFile(name, file);
  }

  async add(text: string): Promise<void> {
    this.#waiting.push(text);
    this.#size += text.length;
    if (this.#size >= AT_ONCE) await this.#flush();
  }

  /** In hexadecimal. */
  async close(): Promise<string> {
    await this.#flush();
    await this.#file.close();
    return this.#hash.digest("hex");
  }

  async #flush(): Promise<void> {
    const text = this.#waiting.join("");
    this.#waiting = [];
    this.#size = 0;
    this.#hash.update(text);
    await this.#file.writeFile(text);
  }
}

const AT_ONCE = 1 << 16;

/** The SHA-256 of an ordinary file in hexadecimal; `null` where there is none. */
export async function digestOfFile(path: string): Promise<string | null> {
  if (!(await statsOf(path))?.isFile()) return null;
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest("hex");
}
