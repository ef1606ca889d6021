/** What moved a branch, as GitHub's activity tells it. */
export interface BranchMove {
  /** GitHub's; `null` where the move is made up for what GitHub does not tell. */
  readonly id: string | null;
  readonly branch: string;
  /** Zeros where the branch was made by it. */
  readonly before: string;
  /** Zeros where it was deleted by it. */
  readonly after: string;
  readonly kind: MoveKind;
  /** ISO 8601. */
  readonly at: string;
  /** `null` where nobody is named. */
  readonly by: Mover | null;
}

export type MoveKind =
  | "push"
  | "force_push"
  | "branch_creation"
  | "branch_deletion"
  | "pr_merge"
  | "merge_queue_merge"
  /** The branch came from one commit to another, and GitHub does not tell how. */
  | "untold";

export interface Mover {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Bot" | "Mannequin" | "Organization";
}

/** Up to where a branch was judged. */
export interface Judged {
  readonly tip: string;
  /** The id of the last move; `null` where none was told of. */
  readonly move: string | null;
}

/** How GitHub names the commit of a branch that is not there. */
export const NOWHERE = "0".repeat(40);

export function isNowhere(sha: string): boolean {
  return /^0+$/.test(sha);
}

/** The moves of a branch. */
interface Moves {
  /** Newest first. */
  readonly moves: readonly BranchMove[];
  /** Whether these are all that were asked for. */
  readonly whole: boolean;
}

/**
 * The moves that were not judged yet, oldest first, of all that GitHub tells, newest first. What moved the branch without
 * GitHub telling of it is a move of its own, so that every commit on it is in one of them.
 *
 * `judged` is `null` for a branch that was not judged before: it counts from its first move after `since` (milliseconds),
 * and as made since where not all of those are told.
 */
export function unjudged(
  { moves, whole }: Moves,
  judged: Judged | null,
  since: number,
): readonly BranchMove[] {
  const left = leftIn(moves, judged, since).toReversed();
  if (judged !== null) return withoutGaps(left, judged.tip);
  const [first] = left;
  return whole || first === undefined || isNowhere(first.before) ? left : [untold(first, NOWHERE), ...left];
}

/** A move that GitHub does not tell of, from one commit to what the next move began with. */
function untold(next: BranchMove, before: string): BranchMove {
  return { ...next, id: null, before, after: next.before, kind: "untold", by: null };
}

function leftIn(
  newestFirst: readonly BranchMove[],
  judged: Judged | null,
  since: number,
): readonly BranchMove[] {
  const last = judged?.move == null ? -1 : newestFirst.findIndex(({ id }) => id === judged.move);
  if (last !== -1) return newestFirst.slice(0, last);
  return newestFirst.filter(({ at }) => Date.parse(at) >= asTold(since));
}

/** GitHub tells whole seconds, by a clock that may differ from ours. */
export function asTold(ms: number): number {
  return Math.floor(ms / 1000) * 1000 - CLOCKS_DIFFER_MS;
}

/** What is told of a moment this close to another may have been before it or after it. */
export const CLOCKS_DIFFER_MS = 60_000;

function withoutGaps(oldestFirst: readonly BranchMove[], tip: string): readonly BranchMove[] {
  const whole: BranchMove[] = [];
  let at = tip;
  for (const move of oldestFirst) {
    if (!isNowhere(move.before) && move.before !== at) whole.push(untold(move, at));
    whole.push(move);
    if (!isNowhere(move.after)) at = move.after;
  }
  return whole;
}
