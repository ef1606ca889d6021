import type { Interruptions } from "./direct-fetch.ts";

/** Something that happens between two requests of the app. */
interface Planned {
  readonly at: keyof Interruptions;
  left: number;
  readonly happen: () => Promise<void>;
}

/** Lets something happen in the middle of the app's work. */
export class Interruption implements Interruptions {
  #planned: Planned | null = null;
  readonly before = () => this.#reached("before");
  readonly after = () => this.#reached("after");

  /** Before or after the request of this number, from now on. */
  plan(at: keyof Interruptions, request: number, happen: () => Promise<void>): void {
    this.#planned = { at, left: request, happen };
  }

  /** Nothing more is to come; answers whether it came. */
  over(): boolean {
    const came = this.#planned === null;
    this.#planned = null;
    return came;
  }

  async #reached(at: keyof Interruptions): Promise<void> {
    const planned = this.#planned;
    if (planned?.at !== at) return;
    planned.left -= 1;
    if (planned.left > 0) return;
    this.#planned = null;
    await planned.happen();
  }
}
