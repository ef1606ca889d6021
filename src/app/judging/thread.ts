import { constants, getPriority, setPriority } from "node:os";
import { platform } from "node:process";
import { parentPort } from "node:worker_threads";
import { rememberPolicies } from "../../policy/remembered.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { judgementOf } from "./judgement.ts";
import type { ThreadAnswer } from "./judging-thread.ts";

/** So much further behind than the process began. */
const BEHIND = 5;

/**
 * Where processors are few, the server goes first. Linux knows a priority of each thread, and 0 is the one that asks
 * (setpriority(2)); elsewhere it would be the whole process.
 */
function letOthersGoFirst(): void {
  if (platform !== "linux") return;
  try {
    setPriority(0, Math.min(getPriority(0) + BEHIND, constants.priority.PRIORITY_LOW));
  } catch {
    // Where that is not allowed, it judges all the same.
  }
}

letOthersGoFirst();

const resolve = rememberPolicies();

// A thread that judges one snapshot after another. It knows nothing of the app around it: no environment, no store.
parentPort?.on("message", (snapshot: Snapshot) => parentPort?.postMessage(answerTo(snapshot)));

function answerTo(snapshot: Snapshot): ThreadAnswer {
  try {
    return { status: "judged", judgement: judgementOf(snapshot, resolve) };
  } catch (error) {
    return {
      status: "failed",
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
