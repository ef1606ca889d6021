import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { fc } from "../fast-check.ts";
import "../setup.ts";
import { History } from "./history.ts";
import { MEAN_STEPS, plans } from "./plans.ts";

// A thread that plays random histories. A property that does not hold is an error that nobody catches here.
const { steps, part } = z.object({ steps: z.number(), part: z.number() }).parse(workerData);

let greens = 0;

const history = fc.asyncProperty(plans, async (plan) => {
  greens += (await History.play(plan)).greens;
});

const { seed } = fc.readConfigureGlobal();
await fc.assert(history, {
  numRuns: Math.ceil(steps / MEAN_STEPS),
  ...(seed !== undefined && { seed: seed + part }),
  // To make it shorter takes hours, as each try plays a whole history.
  endOnFailure: process.env.HISTORY_SHRINK === undefined,
});
parentPort?.postMessage({ greens });
