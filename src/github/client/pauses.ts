import { setImmediate } from "node:timers";

/** Nobody else waits longer than this, and a piece of work more, for long or hostile texts to be read. */
const STRETCH_MS = 10;

/** When the present turn of the process has lasted long enough; `null` where no long work was done in it yet. */
let ends: number | null = null;

/** Whatever long work waits goes on in turn, one piece in each turn of the process. */
let last: Promise<void> = Promise.resolve();

/** Lets others have their turn now and then during long work that cannot be moved elsewhere. */
export class Pauses {
  /** To be awaited between two pieces of work. All who work long in one turn of the process share its time. */
  async pause(): Promise<void> {
    if (performance.now() < endOfTurn()) return;
    const turn = last.then(nextTurn);
    last = turn;
    await turn;
  }
}

function endOfTurn(): number {
  if (ends !== null) return ends;
  ends = performance.now() + STRETCH_MS;
  setImmediate(() => {
    ends = null;
  });
  return ends;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => {
      ends = null;
      endOfTurn();
      resolve();
    });
  });
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
