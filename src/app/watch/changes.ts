import type { Problem } from "../../policy/problem.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { PassRecord } from "../../store/watch.ts";
import type { ChangeOutcome } from "../../watch/outcome.ts";

/** One change of a governed branch: a pull request's, or what came without one. */
export interface JudgedChange {
  readonly outcome: ChangeOutcome;
  readonly pull: number | null;
  /** The head of the pull request, or what the branch was moved to. */
  readonly headSha: string;
  /** What the evaluator said of it after the fact, where it was asked. */
  readonly verdict?: Verdict;
  /** Why it could not be asked. */
  readonly problem?: Problem;
}

/** What became of a move. */
export type MoveJudgement =
  | {
      readonly status: "judged";
      readonly changes: readonly JudgedChange[];
      /** The passes that let it in. */
      readonly served: readonly Pick<PassRecord, "headSha" | "branch">[];
    }
  /** GitHub or the check is about to say more. */
  | { readonly status: "late" };

export const LATE: MoveJudgement = { status: "late" };

export function judged(
  changes: readonly JudgedChange[],
  served: readonly Pick<PassRecord, "headSha" | "branch">[] = [],
): MoveJudgement {
  return { status: "judged", changes, served };
}
