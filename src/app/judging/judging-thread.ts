import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Snapshot } from "../../signoff/snapshot.ts";
import type { Judgement } from "./judgement.ts";

export type ThreadAnswer =
  | { readonly status: "judged"; readonly judgement: Judgement }
  | { readonly status: "failed"; readonly message: string };

/** `ended`: the thread ended by itself: its memory did not suffice, or it was stopped. */
export type ThreadResult = ThreadAnswer | { readonly status: "ended"; readonly message: string };

export interface JudgingThread {
  readonly judge: (snapshot: Snapshot) => Promise<ThreadResult>;
  readonly stop: () => Promise<void>;
}

/** Node judges a change of the largest size that is read within a part of these. */
const MEMORY = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 8 } as const;

/** Compiled, the sources lie beside one another as here, under another ending. */
const ENTRY = new URL(`./thread${extname(import.meta.url)}`, import.meta.url);

export function startThread(): JudgingThread {
  // What a thread does not have, nothing that it reads can get out of it.
  const worker = new Worker(ENTRY, { env: {}, resourceLimits: MEMORY });
  // It is the server that keeps the process alive.
  worker.unref();
  let settle: (result: ThreadResult) => void = () => {};
  worker.on("message", (answer: ThreadAnswer) => settle(answer));
  worker.on("error", (error: Error) => settle({ status: "ended", message: error.message }));
  worker.on("exit", () => settle({ status: "ended", message: "the thread was stopped" }));
  return {
    judge: (snapshot) =>
      new Promise((resolve) => {
        settle = resolve;
        worker.postMessage(snapshot);
      }),
    stop: async () => {
      await worker.terminate();
    },
  };
}
