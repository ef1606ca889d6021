import type { Policy } from "../../policy/policy.ts";
import type { FreezeHistory, OverrideRecord } from "../snapshot.ts";
import type { CommandOutcome, EndedOverride, Verdict } from "../verdict.ts";
import { nothingCame } from "../wording/override-words.ts";
import type { Touched } from "./freeze.ts";
import type { Contexts } from "./speaker.ts";

/** What commands are heard by. */
export interface Hearing {
  readonly contexts: Contexts;
  readonly policy: Policy;
  readonly touched: Touched;
  /** Without any override. */
  readonly verdict: Verdict;
  /** Lines for an override that count so far. */
  readonly open: readonly OverrideRecord[];
  readonly history: FreezeHistory;
}

/** What a command comes to. */
export type Result = Pick<
  CommandOutcome,
  "override" | "withdrawal" | "freeze" | "lift" | "answer" | "help"
> & {
  readonly ended?: readonly EndedOverride[];
  /** Nothing comes of it before its writer signs it, until this moment, in milliseconds: then it is heard anew. */
  readonly waitsUntil?: number;
};

export function refused(because: string): Result {
  return { answer: nothingCame(because) };
}
