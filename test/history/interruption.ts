import type { Asked, Interruptions } from "./direct-send.ts";
import type { During } from "./steps.ts";

/** Something that happens between two requests of the app. */
interface Planned {
  readonly at: keyof Interruptions;
  /** How many more requests, of those that it waits for. */
  left: number;
  readonly awaits: (request: Asked) => boolean;
  readonly happen: () => Promise<void>;
}

/** Lets something happen in the middle of the app's work. */
export class Interruption implements Interruptions {
  #planned: Planned | null = null;
  readonly before = (request: Asked) => this.#reached("before", request);
  readonly after = (request: Asked) => this.#reached("after", request);

  /** Before or after the request of this number from now on, or the first one about people. */
  plan(at: keyof Interruptions, when: Exclude<During, null>, happen: () => Promise<void>): void {
    const isNumber = typeof when === "number";
    this.#planned = { at, left: isNumber ? when : 1, awaits: isNumber ? () => true : isAboutPeople, happen };
  }

  /** Nothing more is to come; answers whether it came. */
  over(): boolean {
    const came = this.#planned === null;
    this.#planned = null;
    return came;
  }

  async #reached(at: keyof Interruptions, request: Asked): Promise<void> {
    const planned = this.#planned;
    if (planned?.at !== at || !planned.awaits(request)) return;
    planned.left -= 1;
    if (planned.left > 0) return;
    this.#planned = null;
    await planned.happen();
  }
}

function isAboutPeople({ path, body }: Asked): boolean {
  return path.endsWith("/permission") || /\bmembers\(|\bCountersignUsers\b/.test(JSON.stringify(body ?? ""));
}
