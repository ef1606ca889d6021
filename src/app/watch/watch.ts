import type { BranchTip } from "../../github/listing/list-branches.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Job, Task } from "../../store/task.ts";
import type { Watched, WatchedBranch } from "../../store/watch.ts";
import { asTold, type BranchMove, isNowhere, NOWHERE } from "../../watch/moves.ts";
import { isWatched } from "../../watch/watched-branches.ts";
import type { Outcome } from "../work/head-job.ts";
import { judgeBranch, judgeMoves, rowOf } from "./judge-branch.ts";
import type { Watch, WatchPorts } from "./ports.ts";
import { rulesNow } from "./rules.ts";

export type WatchTask = Extract<Task, { kind: "watch" }>;

const DONE: Outcome = { status: "done" };

/** GitHub may tell of a move a little later than of the event. */
const AGAIN_MS = 10_000;
const MOST_LATE = 4;

/** The rules change without a push that is heard of: where it was lost, or in the organization's floor. */
const RULES_EVERY_MS = 6 * 60 * 60_000;

/** A sweep looks back behind the last one, as GitHub may tell late. */
const OVERLAP_MS = 60 * 60_000;

/**
 * Judges what changed on the governed branches of a repository. The first look begins where they are: what was there
 * before the App is nobody's bypass.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function watchRepository(
  ports: WatchPorts,
  task: WatchTask,
  { attempts, priority }: Pick<Job, "attempts" | "priority">,
): Promise<Outcome> {
  const { store, clock } = ports;
  const { installationId, repositoryId, owner, repo } = task;
  const repository = { installationId, repositoryId, owner, repo };
  const known = await store.watched(repository);
  if (known === null) return begin(ports, repository);
  const trees = new Map(
    task.moved.flatMap(({ to, tree }) => (to === null || tree === undefined ? [] : [[to, tree] as const])),
  );
  const watch: Watch = { ...ports, repository, known, trees, priority, patient: attempts >= MOST_LATE };
  const began = clock.now();
  const standings = [];
  for (const branch of await branchesToJudge(watch, task)) standings.push(await judgeBranch(watch, branch));
  if (standings.includes("late")) return { status: "again", at: new Date(began.getTime() + AGAIN_MS) };
  if (task.all) await store.recordWatchSweep(repository, began);
  const isOld = task.all === true && began.getTime() - known.readAt >= RULES_EVERY_MS;
  if (task.rules || isOld) await judgeNewlyGoverned(ports, { repository, priority });
  return DONE;
}

/** What moved before that is not among the moves that are told later. */
const LATELY_MS = 24 * 60 * 60_000;

async function begin(ports: WatchPorts, repository: RepositoryRef): Promise<Outcome> {
  const { store, clock, github } = ports;
  const began = clock.now();
  const now = await rulesNow(ports, repository, null);
  if (now === null) return DONE;
  const { moves } = await github.moves(repository, { since: began.getTime() - LATELY_MS });
  const branches = now.tips.map((tip) => asLastMoved(tip, moves));
  await store.beginWatch(repository, { rules: now.rules, branches }, began);
  return DONE;
}

/** Where a branch is by its last move, newest first: what moves it meanwhile comes after that. */
function asLastMoved({ branch, tip }: BranchTip, moves: readonly BranchMove[]): WatchedBranch {
  const last = moves.find((move) => move.branch === branch && !isNowhere(move.after));
  return last === undefined ? { branch, tip, move: null } : { branch, tip: last.after, move: last.id };
}

interface BranchToJudge {
  readonly branch: string;
  readonly to?: readonly string[];
}

/**
 * Those that an event told of and that are not where it says, and for a sweep those with moves that were not judged. The
 * default branch first, as new ones are judged from there.
 */
async function branchesToJudge(watch: Watch, { moved, all }: WatchTask): Promise<readonly BranchToJudge[]> {
  const { known } = watch;
  const isDefault = ({ branch }: BranchToJudge) => branch === known.rules.defaultBranch;
  const hinted = Map.groupBy(
    moved.filter(({ branch }) => isWatched(known.rules, branch)),
    ({ branch }) => branch,
  );
  const told = [...hinted].flatMap(([branch, hints]): readonly BranchToJudge[] => {
    const tip = rowOf(known, branch)?.tip;
    if (hints.every(({ to }) => to !== null && to === tip)) return [];
    return [{ branch, to: hints.flatMap(({ to }) => to ?? []) }];
  });
  const swept = all ? (await movedBranches(watch)).filter((branch) => !hinted.has(branch)) : [];
  return [...told, ...swept.map((branch) => ({ branch }))].toSorted(
    (one, other) => Number(isDefault(other)) - Number(isDefault(one)),
  );
}

async function movedBranches({ github, repository, known }: Watch): Promise<readonly string[]> {
  const since = Math.max(asTold(known.since), known.sweptAt - OVERLAP_MS);
  const { moves, whole } = await github.moves(repository, { since });
  const newest = new Map<string, BranchMove>();
  for (const move of moves) if (!newest.has(move.branch)) newest.set(move.branch, move);
  const news = [...newest.values()].filter(
    (move) => isWatched(known.rules, move.branch) && isNews(known, move),
  );
  const branches = news.map(({ branch }) => branch);
  if (whole) return branches;
  const others = known.branches.filter(({ branch }) => isWatched(known.rules, branch));
  return [...new Set([...branches, ...others.map(({ branch }) => branch)])];
}

function isNews(known: Watched, { branch, id }: BranchMove): boolean {
  return rowOf(known, branch)?.move !== id;
}

/**
 * A branch that is governed from now on is judged from what the default branch held, by the rules of before; one that
 * was governed before goes on where it was judged last.
 */
async function judgeNewlyGoverned(
  ports: WatchPorts,
  { repository, priority }: { readonly repository: RepositoryRef; readonly priority: Watch["priority"] },
): Promise<void> {
  const { store, clock } = ports;
  const known = await store.watched(repository);
  const now = known && (await rulesNow(ports, repository, known.rules));
  if (!known || !now) return;
  const watch: Watch = { ...ports, repository, known, trees: new Map(), priority, patient: true };
  for (const tip of now.tips) {
    const row = rowOf(known, tip.branch);
    if (row === null) await judgeNew(watch, tip);
    else if (row.tip !== tip.tip && !isWatched(known.rules, tip.branch)) await judgeBranch(watch, tip);
  }
  await store.recordWatchRules(repository, now.rules, clock.now());
}

async function judgeNew(watch: Watch, tip: BranchTip): Promise<void> {
  const { github, repository, known, clock } = watch;
  const { branch } = tip;
  const { moves } = await github.moves(repository, { branch, since: asTold(known.since) });
  const { tip: after, move: id } = asLastMoved(tip, moves);
  const at = clock.now().toISOString();
  await judgeMoves(watch, [{ id, branch, before: NOWHERE, after, kind: "untold", at, by: null }], null);
}
