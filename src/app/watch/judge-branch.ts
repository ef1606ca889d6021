import { NotFound } from "../../github/client/errors.ts";
import type { Watched, WatchedBranch } from "../../store/watch.ts";
import { reasonFor } from "../../watch/allowed.ts";
import { asTold, type BranchMove, isNowhere, type MoveKind, unjudged } from "../../watch/moves.ts";
import { isWatched } from "../../watch/watched-branches.ts";
import type { JudgedChange, MoveJudgement } from "./changes.ts";
import { changeEntries, countOutcomes } from "./entries.ts";
import { judgeMove } from "./judge-move.ts";
import type { From } from "./judge-range.ts";
import type { Watch } from "./ports.ts";
import { tell } from "./tell.ts";

/** Whether all moves of a branch that are told by now were judged. */
export type BranchStanding = "judged" | "late";

interface Branch {
  readonly branch: string;
  /** What an event said it was moved to: until GitHub tells of that move, it is late. */
  readonly to?: readonly string[];
}

/** Judges the moves of a branch that were not judged yet, one after the other. */
export async function judgeBranch(watch: Watch, { branch, to = [] }: Branch): Promise<BranchStanding> {
  const { known } = watch;
  const row = rowOf(known, branch);
  const moves = await movesOf(watch, { branch, since: asTold(known.since), upTo: row?.move ?? null });
  const left = unjudged(moves, row, known.since);
  const told = new Set([row?.tip, ...left.map(({ after }) => after)]);
  const standing = await judgeMoves(watch, left, row);
  return !watch.patient && to.some((sha) => !told.has(sha)) ? "late" : standing;
}

/** What GitHub tells of a branch that is gone is not documented: what it tells of all branches holds its moves as well. */
async function movesOf(
  { github, repository }: Watch,
  { branch, ...wanted }: Required<Parameters<Watch["github"]["moves"]>[1]>,
): ReturnType<Watch["github"]["moves"]> {
  try {
    return await github.moves(repository, { branch, ...wanted });
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const { moves, whole } = await github.moves(repository, wanted);
    return { moves: moves.filter((move) => move.branch === branch), whole };
  }
}

/** What takes nothing away. */
const ADDS: ReadonlySet<MoveKind> = new Set(["push", "pr_merge", "merge_queue_merge"]);

/** Judges moves of one branch, oldest first. */
export async function judgeMoves(
  watch: Watch,
  moves: readonly BranchMove[],
  row: WatchedBranch | null,
): Promise<BranchStanding> {
  let was = row;
  let afterLoss = false;
  for (const move of moves) {
    const from = await fromOf(watch, move, was);
    const judgement = await judgeMove(watch, move, from && { ...from, ...(afterLoss && { afterLoss }) });
    afterLoss ||= !ADDS.has(move.kind);
    if (judgement.status === "late") return "late";
    const next = behind(move, was);
    if (!(await note(watch, move, { judgement, was, next }))) return "judged";
    was = next;
  }
  return "judged";
}

/**
 * A branch goes on from where it was judged last, also when it was deleted meanwhile. A new one is made of what the
 * default branch holds, as far as that was judged; where it is not governed, of all. Any other counts from its first
 * move on.
 */
async function fromOf(
  watch: Watch,
  { id, before }: BranchMove,
  was: WatchedBranch | null,
): Promise<From | null> {
  if (was !== null) return { sha: was.tip, wasThere: true };
  if (!isNowhere(before)) return { sha: before, wasThere: id !== null };
  const tip = await tipOfDefault(watch);
  return tip === null ? null : { sha: tip, wasThere: false };
}

async function tipOfDefault({ store, github, repository, known }: Watch): Promise<string | null> {
  const { rules } = known;
  // It may have been judged since.
  const row = rowOf((await store.watched(repository)) ?? known, rules.defaultBranch);
  if (row !== null && isWatched(rules, rules.defaultBranch)) return row.tip;
  return (await github.branchRules(repository, {}))?.defaultBranch.tip ?? null;
}

export function rowOf({ branches }: Watched, branch: string): WatchedBranch | null {
  return branches.find((one) => one.branch === branch) ?? null;
}

function behind({ branch, before, after, id }: BranchMove, was: WatchedBranch | null): WatchedBranch {
  const tip = isNowhere(after) ? (was?.tip ?? before) : after;
  return { branch, tip, move: id ?? was?.move ?? null };
}

interface Noted {
  readonly judgement: Extract<MoveJudgement, { status: "judged" }>;
  readonly was: WatchedBranch | null;
  readonly next: WatchedBranch;
}

/** People are told before it is in the ledger: what is done again after a crash tells them the same. */
async function note(watch: Watch, move: BranchMove, { judgement, was, next }: Noted): Promise<boolean> {
  const { store, repository, clock } = watch;
  const { changes, served } = judgement;
  const allowed = await allowedBy(watch, move, changes);
  for (const change of changes) await tell(watch, { move, change, allowed });
  const heads = served.map(({ headSha }) => headSha);
  const attested = await Promise.all(
    changes.map((change) =>
      watch.attest({ repository, move, change, served: heads, tree: watch.trees.get(move.after) ?? null }),
    ),
  );
  return store.recordMove(
    repository,
    {
      ...{ was, now: next, served },
      entries: changes.map((change, at) => changeEntries(watch, { move, change, allowed }, attested[at])),
      outcomes: countOutcomes(changes, allowed !== null),
    },
    clock.now(),
  );
}

/** Why whoever moved the branch may pass the check by; `null` where they may not, or nobody did. */
async function allowedBy(
  { store, repository, known, clock }: Watch,
  { by }: BranchMove,
  changes: readonly JudgedChange[],
): Promise<string | null> {
  if (by === null || changes.length === 0 || known.rules.allowed.length === 0) return null;
  const { accounts } = await store.remember(repository, 0);
  const reason = reasonFor(by, known.rules.allowed, accounts);
  if (reason === null) return null;
  // Whoever bears the login later is somebody else.
  const seen = { login: by.login.toLowerCase(), id: by.id };
  await store.record(repository, 0, {
    ...NOTHING,
    accounts: [seen],
    by: { headSha: "", asOf: 0, at: clock.now() },
  });
  return reason;
}

const NOTHING = {
  ...{ approvals: [], refusals: [], evidence: [], participants: [], commits: [], accounts: [] },
  change: null,
};
