import type { Problem } from "../../policy/problem.ts";
import { rememberPolicies } from "../../policy/remembered.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import { type Judgement, judgementOf } from "./judgement.ts";
import type { JudgingThread, ThreadResult } from "./judging-thread.ts";
import { weightOf } from "./weight.ts";

/** `refused`: it could not be judged, and why, to be published. */
export type Judged =
  | ({ readonly status: "judged" } & Judgement)
  | {
      readonly status: "refused";
      readonly problem: Omit<Problem, "severity">;
      readonly retryAfterMs: number;
    };

export interface JudgesOptions {
  readonly start: () => JudgingThread;
  /** Resolves after so many milliseconds, or when the signal says so. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Characters of a snapshot that is judged where the app runs: handing it to a thread would take longer, and the worst
 * that can be written in so few holds nobody up.
 */
const LIGHT = 16_384;
/** Those of a snapshot that any thread takes; larger ones wait for the one that is there for them. */
const MIDDLING = 512 * 1024;
/** Far above what the steps of reading take, on a slow machine too: the clock only ends what is broken. */
const LONGEST_MS = 180_000;
const ATTEMPTS = 2;
const RETRY_MS = 3_600_000;

interface Waiting {
  readonly large: boolean;
  readonly take: (slot: Slot) => void;
}

/** A place for a thread, which is started when it is needed. */
interface Slot {
  /** Whether it takes large snapshots. */
  readonly large: boolean;
  thread: JudgingThread | null;
  busy: boolean;
}

/**
 * Judges what others wrote where it can hold nobody up: in two threads, of which one is never taken by large changes.
 * What a thread does not finish is given to a new one once more, and then refused.
 */
export class Judges {
  readonly #options: JudgesOptions;
  readonly #slots: readonly Slot[] = [
    { large: false, thread: null, busy: false },
    { large: true, thread: null, busy: false },
  ];
  readonly #waiting: Waiting[] = [];
  readonly #resolve = rememberPolicies();

  constructor(options: JudgesOptions) {
    this.#options = options;
  }

  async judge(snapshot: Snapshot): Promise<Judged> {
    const weight = weightOf(snapshot, MIDDLING);
    if (weight <= LIGHT) return { status: "judged", ...judgementOf(snapshot, this.#resolve) };
    const slot = await this.#slotFor(weight > MIDDLING);
    try {
      return await this.#judgeIn(slot, snapshot);
    } finally {
      slot.busy = false;
      this.#fill();
    }
  }

  async stop(): Promise<void> {
    for (const { thread } of this.#slots) await thread?.stop();
  }

  #slotFor(large: boolean): Promise<Slot> {
    return new Promise((take) => {
      this.#waiting.push({ large, take });
      this.#fill();
    });
  }

  #fill(): void {
    for (const slot of this.#slots) {
      if (slot.busy) continue;
      const index = this.#waiting.findIndex(({ large }) => slot.large || !large);
      const [next] = index === -1 ? [] : this.#waiting.splice(index, 1);
      if (next === undefined) continue;
      slot.busy = true;
      next.take(slot);
    }
  }

  async #judgeIn(slot: Slot, snapshot: Snapshot): Promise<Judged> {
    let reason = "";
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      slot.thread ??= this.#options.start();
      const result = await this.#inTime(slot.thread, snapshot);
      if (result.status === "judged") return { status: "judged", ...result.judgement };
      if (result.status === "failed") throw new Error(result.message);
      reason = result.message;
      await slot.thread.stop();
      slot.thread = null;
    }
    return { status: "refused", problem: notJudged(reason), retryAfterMs: RETRY_MS };
  }

  async #inTime(thread: JudgingThread, snapshot: Snapshot): Promise<ThreadResult> {
    const done = new AbortController();
    const late = this.#options.wait(LONGEST_MS, done.signal).then(
      (): ThreadResult => ({
        status: "ended",
        message: `it took longer than ${LONGEST_MS / 60_000} minutes`,
      }),
    );
    try {
      return await Promise.race([thread.judge(snapshot), late]);
    } finally {
      done.abort();
    }
  }
}

function notJudged(reason: string): Omit<Problem, "severity"> {
  return {
    code: "evidence/not-judged",
    message: `This change could not be judged: ${reason}, two times.`,
    remedy: "Split the pull request into smaller ones. It is tried again every hour.",
  };
}
