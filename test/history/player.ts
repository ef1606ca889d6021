import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { fc } from "../fast-check.ts";
import "../setup.ts";
import { History } from "./history.ts";
import { MEAN_STEPS, plans } from "./plans.ts";

// A thread that plays random histories, and tells how often checks turned green, or what does not hold.
const { steps, part } = z.object({ steps: z.number(), part: z.number() }).parse(workerData);

let greens = 0;

const history = fc.asyncProperty(plans, async (plan) => {
  greens += (await History.play(plan)).greens;
});

const { seed: given } = fc.readConfigureGlobal();
const { failed, seed, counterexamplePath, errorInstance } = await fc.check(history, {
  numRuns: Math.ceil(steps / MEAN_STEPS),
  ...(given !== undefined && { seed: given + part }),
  // To look for a shorter one takes hours, as each try plays a whole history.
  endOnFailure: process.env.HISTORY_SHRINK === undefined,
});
if (failed)
  throw new Error(`In the history ${counterexamplePath} of the seed ${seed}, ${String(errorInstance)}`);
parentPort?.postMessage({ greens });
