import { Worker } from "node:worker_threads";
import { expect, test } from "@jest/globals";

/** HISTORY_STEPS plays more. */
const STEPS = Number(process.env.HISTORY_STEPS ?? 20_000);
const THREADS = 2;
const PATIENCE_MS = Math.max(600_000, STEPS * 600);

let greens = 0;

/**
 * Four properties of whatever happens, beside a model that knows everything (`model.ts`):
 *
 * (a) Green is never greener than the model. A commit that may not pass by the model is not green once all that GitHub
 *     sent about what ended that was taken in, and the passes that this puts in doubt were withdrawn: before anything is
 *     judged again, and when nothing is left to do. Excused is a pass that the app has put in doubt and is about to
 *     withdraw, where GitHub refused its writes; the times in which the news of a change of teams or permissions is lost
 *     or late; and, until it is judged, what somebody ends by a right that they have only just been given.
 * (b) At rest, with everything delivered or swept, each passing check is one that the model lets pass.
 * (c) At rest, and with quota, whatever the model lets pass does.
 * (d) Once it was heard that the last pull request of a commit was closed, the commit is not green.
 */
test(
  `${STEPS} steps of random histories: green only what may pass, at every moment, and at rest all that has to`,
  async () => {
    const parts = Array.from({ length: THREADS }, (_, part) => played(STEPS / THREADS, part));
    for (const each of await Promise.all(parts)) greens += each;
  },
  PATIENCE_MS,
);

test("checks turned green often enough for that to mean something", () => {
  expect(greens).toBeGreaterThan(STEPS / 50);
});

/**
 * How often checks turned green in a part of the histories, which a thread of its own plays: the context that Jest gives a
 * test looks up each global slowly, and takes half as long again.
 */
function played(steps: number, part: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./player.ts", import.meta.url), {
      workerData: { steps, part },
      // Much is made and soon forgotten.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
    thread.once("message", (played: { readonly greens: number }) => resolve(played.greens));
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`the thread ended with ${code} and told nothing`)));
  });
}
