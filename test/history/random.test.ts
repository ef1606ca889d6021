import { expect, test } from "@jest/globals";
import { fc } from "../fast-check.ts";
import { History } from "./history.ts";
import { MEAN_STEPS, plans } from "./plans.ts";

/** As many as were seen to pass. HISTORY_STEPS plays more. */
const STEPS = Number(process.env.HISTORY_STEPS ?? 6_000);
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
    const history = fc.asyncProperty(plans, async (plan) => {
      greens += (await History.play(plan)).greens;
    });
    await fc.assert(history, { numRuns: Math.ceil(STEPS / MEAN_STEPS) });
  },
  PATIENCE_MS,
);

test("checks turned green often enough for that to mean something", () => {
  expect(greens).toBeGreaterThan(STEPS / 50);
});
