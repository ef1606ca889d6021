import { parentPort } from "node:worker_threads";
import { rememberPolicies } from "../../policy/remembered.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { judgementOf } from "./judgement.ts";
import type { ThreadAnswer } from "./judging-thread.ts";

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
