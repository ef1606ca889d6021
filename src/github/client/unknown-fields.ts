import type { LearntOfServer } from "../../store/server.ts";

const DAY_MS = 24 * 60 * 60_000;

interface Learnt {
  /** Milliseconds. */
  readonly at: number;
  /** Of the server; `null` where its answers name none. */
  readonly version: string | null;
}

/**
 * What this GitHub's GraphQL does not know: for as long as its answers name the same version of the server, and for a day
 * where they name none.
 */
export class UnknownFields {
  readonly #learnt = new Map<string, Learnt>();
  #version: string | null = null;
  #record: (learnt: LearntOfServer) => void = () => {};

  /** Goes on from what was learnt before, and has recorded what is learnt from now on. */
  goOn(before: LearntOfServer | null, record: (learnt: LearntOfServer) => void): void {
    this.#record = record;
    if (before === null) return;
    this.#version ??= before.version;
    if (this.#version !== before.version) return;
    for (const field of before.unknownFields) this.#learnt.set(field, { at: 0, version: before.version });
  }

  /** An answer named this version of the server; another one may know more, or less. */
  answeredBy(version: string): void {
    if (version === this.#version) return;
    this.#version = version;
    for (const [field, learnt] of this.#learnt) if (learnt.version !== version) this.#learnt.delete(field);
    this.#tell(version);
  }

  /** A field by type and name, "PullRequest.stack"; a type alone stands for all of it. */
  has(field: string, now: Date): boolean {
    const learnt = this.#learnt.get(field);
    if (learnt === undefined) return false;
    return learnt.version === null ? now.getTime() - learnt.at < DAY_MS : learnt.version === this.#version;
  }

  learn(field: string, now: Date): void {
    this.#learnt.set(field, { at: now.getTime(), version: this.#version });
    if (this.#version !== null) this.#tell(this.#version);
  }

  #tell(version: string): void {
    const unknownFields = [...this.#learnt].flatMap(([field, learnt]) =>
      learnt.version === version ? [field] : [],
    );
    this.#record({ version, unknownFields });
  }
}
