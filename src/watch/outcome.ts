import { CLOCKS_DIFFER_MS } from "./moves.ts";

/**
 * What became of a change of a governed branch.
 *
 * - `let-through`: a verdict let it in.
 * - `turned-red-after`: one did, and it was withdrawn after the merge.
 * - `overridden`: two people let it in.
 * - `no-check`: a pull request was merged of which no verdict stood, and it would not have passed.
 * - `red`: a pull request was merged although its check did not pass.
 * - `no-pull-request`: it came without one, and would not have passed.
 */
export type ChangeOutcome = (typeof OUTCOMES)[number];

const OUTCOMES = [
  "let-through",
  "turned-red-after",
  "overridden",
  "no-check",
  "red",
  "no-pull-request",
] as const;

export function isOutcome(word: string): word is ChangeOutcome {
  return OUTCOMES.some((outcome) => outcome === word);
}

const BYPASSES: ReadonlySet<ChangeOutcome> = new Set(["no-check", "red", "no-pull-request"]);

/** Whether no verdict, and no two people, let it in. */
export function isBypass(outcome: ChangeOutcome): boolean {
  return BYPASSES.has(outcome);
}

/** That the check let a commit into a branch, from one moment on to another. Milliseconds. */
export interface Pass {
  readonly branch: string;
  readonly since: number;
  /** `null` while it stands. */
  readonly until: number | null;
  readonly overridden: boolean;
}

/** A commit that came into a branch, with what the App's check said of it. */
export interface Arrival {
  readonly branch: string;
  /** When, as GitHub tells it: whole seconds. */
  readonly at: number;
  readonly passes: readonly Pass[];
  /**
   * The move took away by itself what it came by, as when a commit that passed is pushed: that the pass is over says
   * nothing then.
   */
  readonly endsOwnPass: boolean;
}

/** For what passed before it was noted for which branch. */
export const ANY_BRANCH = "*";

/**
 * What the check said when the commit came into the branch; `null` where it did not let it in. GitHub's clock and ours
 * may differ. A merge ends the judging of a pull request, so a pass that seems to begin after it began before; but one
 * that seems to have ended before it did.
 */
export function standingAt({ branch, at, passes, endsOwnPass }: Arrival): ChangeOutcome | null {
  const own = passes.filter((pass) => pass.branch === branch || pass.branch === ANY_BRANCH);
  const then = own.filter(
    ({ since, until }) => since <= at + CLOCKS_DIFFER_MS && (until === null || until > at),
  );
  if (then.length === 0) return null;
  if (then.every(({ overridden }) => overridden)) return "overridden";
  const stands = endsOwnPass || own.some(({ until }) => until === null);
  return stands ? "let-through" : "turned-red-after";
}

/** A change that no pass let in, and how a verdict after the fact judges it. */
export interface PassedBy {
  /** It is a pull request's. */
  readonly pull: boolean;
  /** A check of the App was ever published on it. */
  readonly checked: boolean;
  /** What the evaluator says of it as it came; `null` where nobody asked. */
  readonly passes: boolean | null;
}

/** What stood at the merge decides; where nothing did, what the evaluator would have said. */
export function outcomeOf({ pull, checked, passes }: PassedBy): ChangeOutcome {
  if (pull && checked) return "red";
  if (passes === true) return "let-through";
  return pull ? "no-check" : "no-pull-request";
}
