import { setImmediate } from "node:timers/promises";

/** Nobody else waits longer than this, and a piece of work more, for a long or hostile text to be read. */
const STRETCH_MS = 10;

/** Lets others have their turn now and then during long work that cannot be moved elsewhere. */
export class Pauses {
  #next = performance.now() + STRETCH_MS;

  /** To be awaited between two pieces of work. */
  async pause(): Promise<void> {
    if (performance.now() < this.#next) return;
    await setImmediate();
    this.#next = performance.now() + STRETCH_MS;
  }
}

/** Maps many things one after the other, with pauses: they may be thousands, and large. */
export async function mapWithPauses<From, To>(
  things: readonly From[],
  map: (thing: From) => To,
): Promise<readonly To[]> {
  const mapped: To[] = [];
  const pauses = new Pauses();
  for (const thing of things) {
    mapped.push(map(thing));
    await pauses.pause();
  }
  return mapped;
}
