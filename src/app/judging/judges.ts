import type { Problem } from "../../policy/problem.ts";
import { rememberPolicies } from "../../policy/remembered.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import type { Priority } from "../../store/task.ts";
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

/** What decides when a snapshot is judged. */
interface Claim {
  readonly large: boolean;
  /** Whose work it is: what is set aside is judged last. */
  readonly priority: Priority;
}

interface Waiting extends Claim {
  readonly take: (slot: Slot) => void;
}

/** A place for a thread, which is started when it is needed. */
interface Slot {
  /** Whether it is there for large snapshots too, and for what was set aside. */
  readonly forAll: boolean;
  thread: JudgingThread | null;
  /** What is judged there now. */
  busy: Claim | null;
}

const ORDER = ["direct", "sweep", "aside"] as const satisfies readonly Priority[];

/**
 * Judges what others wrote where it can hold nobody up: in two threads, of which one is never taken by what was set
 * aside, nor by large changes as long as the other one is not either. What a thread does not finish is given to a new
 * one once more, and then refused.
 */
export class Judges {
  readonly #options: JudgesOptions;
  readonly #slots: readonly Slot[] = [
    { forAll: false, thread: null, busy: null },
    { forAll: true, thread: null, busy: null },
  ];
  readonly #waiting: Waiting[] = [];
  readonly #resolve = rememberPolicies();

  constructor(options: JudgesOptions) {
    this.#options = options;
  }

  async judge(snapshot: Snapshot, priority: Priority): Promise<Judged> {
    const weight = weightOf(snapshot, MIDDLING);
    if (weight <= LIGHT) return { status: "judged", ...judgementOf(snapshot, this.#resolve) };
    const slot = await this.#slotFor({ large: weight > MIDDLING, priority });
    try {
      return await this.#judgeIn(slot, snapshot);
    } finally {
      slot.busy = null;
      this.#fill();
    }
  }

  async stop(): Promise<void> {
    for (const { thread } of this.#slots) await thread?.stop();
  }

  #slotFor(claim: Claim): Promise<Slot> {
    return new Promise((take) => {
      this.#waiting.push({ ...claim, take });
      this.#fill();
    });
  }

  #fill(): void {
    for (const slot of this.#slots) {
      if (slot.busy !== null) continue;
      const fitting = this.#waiting.filter((claim) => this.#takes(slot, claim));
      const next = fitting.toSorted((one, other) => rank(one) - rank(other))[0];
      if (next === undefined) continue;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      slot.busy = next;
      next.take(slot);
    }
  }

  #takes({ forAll }: Slot, { large, priority }: Claim): boolean {
    const others = this.#slots.filter((slot) => slot.forAll);
    return (
      forAll || (priority !== "aside" && (!large || others.every(({ busy }) => busy?.priority === "aside")))
    );
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

function rank({ priority }: Claim): number {
  return ORDER.indexOf(priority);
}

function notJudged(reason: string): Omit<Problem, "severity"> {
  return {
    code: "evidence/not-judged",
    message: `This change could not be judged: ${reason}, two times.`,
    remedy: "Split the pull request into smaller ones. It is tried again every hour.",
  };
}
