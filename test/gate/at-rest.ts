import { setTimeout } from "node:timers/promises";

/** Long enough for the app to get on, and shorter than anything that it does. */
const MS = 5;

/**
 * Resolves once no job is due or in work. The app has no news of that for others, so it is asked; whoever asks without a
 * pause takes the time that the app needs for its work.
 */
export async function atRest(jobs: () => Promise<number>, between: () => Promise<void>): Promise<void> {
  while ((await jobs()) > 0) {
    await setTimeout(MS);
    await between();
  }
}
