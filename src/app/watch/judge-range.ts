import type { RangeResult } from "../../github/reading/read-snapshot.ts";
import type { Problem } from "../../policy/problem.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { PassRecord } from "../../store/watch.ts";
import type { BranchMove } from "../../watch/moves.ts";
import { ANY_BRANCH, outcomeOf, standingAt } from "../../watch/outcome.ts";
import { PASSING_CONCLUSIONS } from "../work/passing.ts";
import { type JudgedChange, judged, LATE, type MoveJudgement } from "./changes.ts";
import { judgePull } from "./judge-pull.ts";
import type { Watch } from "./ports.ts";
import { type Brought, blockedHeads, mergedBy } from "./pulls-by-hand.ts";

/** What a move is judged from. */
export interface From {
  readonly sha: string;
  /** Whether the branch itself was there. */
  readonly wasThere: boolean;
  /** The branch may have lost something just before, which a commit that passed upon it brings back. */
  readonly afterLoss?: true;
}

/**
 * What a branch gained without the merge button: by a commit that passed, by the same change as one that passed, or as
 * the evaluator judges it. Only what nothing let in is looked up among pull requests.
 */
export async function judgeRange(watch: Watch, move: BranchMove, from: From): Promise<MoveJudgement> {
  const { store, repository } = watch;
  if (move.kind === "push" && !from.afterLoss) {
    const passes = (await store.passesOf(repository, move.after)).filter((pass) => letsIn(pass, from));
    const own = standingOf(move, passes);
    if (own !== null) return own;
  }
  const range = await readRange(watch, move, from);
  if (range.status === "nothing") return judged([]);
  const content = range.status === "complete" ? range.snapshot.contentDigest : undefined;
  if (content !== undefined) {
    const same = await store.passesOfContent(repository, { content, branch: move.branch });
    // Two people's word is about one pull request, and what it lets in is to be accepted afterwards.
    const own = standingOf(
      move,
      same.filter(({ overridden }) => !overridden),
    );
    if (own !== null) return own;
  }
  const found = await judgeFound(watch, range, move.at);
  const gained = range.status === "complete" ? range.snapshot.commits.map(({ sha }) => sha) : [];
  const brought = { gained, from: from.sha };
  if (!found.passes) return passedBy(watch, move, { ...found, ...brought });
  const blocked = await blockedHeads(watch, move, brought);
  return blocked ?? judged([{ ...change(move, "let-through"), ...found.told }]);
}

/**
 * Whether a pass speaks of all that the push of its commit brings: a merge group's is about what came upon its base, and
 * one by the base of a stack alone is about one part of it.
 */
function letsIn(pass: PassRecord, from: From): boolean {
  const { above, branch, content, served } = pass;
  if (served) return false;
  return above === null ? content !== null || branch === ANY_BRANCH : above === from.sha;
}

/** Whether it came by a pass, which the push itself ends. */
function standingOf(move: BranchMove, passes: readonly PassRecord[]): MoveJudgement | null {
  const { branch, after } = move;
  const outcome = standingAt({ branch, at: Date.parse(move.at), passes, endsOwnPass: true });
  if (outcome === null) return null;
  const served = passes.map(({ headSha }) => ({ headSha, branch }));
  return judged([{ outcome, pull: null, headSha: after }], served);
}

async function readRange(
  { store, github, repository }: Watch,
  { branch, after, by, at }: BranchMove,
  { sha: before, wasThere }: From,
): Promise<RangeResult> {
  const memory = await store.remember(repository, NO_PULL);
  const recall = (shas: readonly string[]) => store.recall(repository, shas);
  const recallSameContent = (digest: string) => store.recallSameContent(repository, digest);
  return github.readRange(repository, {
    ...{ branch, before, after, wasThere, by, at, memory, recall, recallSameContent },
  });
}

/** What is remembered of the repository alone. */
const NO_PULL = 0;

interface Found {
  readonly passes: boolean | null;
  readonly told: { readonly verdict?: Verdict; readonly problem?: Problem };
}

/** `at`: when it came, by which is judged what holds for a time. */
async function judgeFound(
  { judge, priority }: Watch,
  range: Exclude<RangeResult, { status: "nothing" }>,
  at: string,
): Promise<Found> {
  if (range.status === "refused") return { passes: null, told: { problem: range.problem } };
  const answer = await judge({ ...range.snapshot, now: at }, priority);
  if (answer.status === "refused")
    return { passes: null, told: { problem: { ...answer.problem, severity: "error" } } };
  const { verdict } = answer;
  return { passes: PASSING_CONCLUSIONS.has(verdict.conclusion), told: { verdict } };
}

/** GitHub says of a pull request that it is merged, too, where its commits were pushed. */
async function passedBy(
  watch: Watch,
  move: BranchMove,
  { told, gained, from }: Found & Brought,
): Promise<MoveJudgement> {
  const changes: JudgedChange[] = [];
  for (const pull of await mergedBy(watch, move, { gained, from })) {
    const own = await judgePull(watch, move, { ...pull, from });
    if (own === null) return LATE;
    // Where it passed, that let in what it held, and more came with it.
    const outcome = own.outcome === "red" ? "red" : "no-check";
    changes.push({ ...own, ...told, outcome });
  }
  if (changes.length > 0) return judged(changes);
  const outcome = outcomeOf({ pull: false, checked: false, passes: null });
  return judged([{ ...change(move, outcome), ...told }]);
}

function change({ after: headSha }: BranchMove, outcome: JudgedChange["outcome"]): JudgedChange {
  return { outcome, pull: null, headSha };
}
