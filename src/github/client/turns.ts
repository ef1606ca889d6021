import { setImmediate } from "node:timers/promises";

/** Webhooks and withdrawals wait no longer than this for one of many things. */
const TURN_MS = 10;

/** Lets whoever waits have their turn: between two pieces of work that each take long. */
export async function othersTurn(): Promise<void> {
  await setImmediate();
}

/** Maps many things one after the other, and lets others have their turn in between: they may be thousands, and large. */
export async function mapInTurns<From, To>(
  things: readonly From[],
  map: (thing: From) => To,
): Promise<readonly To[]> {
  const mapped: To[] = [];
  let since = performance.now();
  for (const thing of things) {
    mapped.push(map(thing));
    if (performance.now() - since < TURN_MS) continue;
    await othersTurn();
    since = performance.now();
  }
  return mapped;
}
