import type { MergedInto } from "../../github/listing/list-pulls.ts";
import type { BranchMove } from "../../watch/moves.ts";
import { isBypass } from "../../watch/outcome.ts";
import { PASSING_CONCLUSIONS } from "../work/passing.ts";
import { type JudgedChange, judged, LATE, type MoveJudgement } from "./changes.ts";
import { judgePull } from "./judge-pull.ts";
import { withoutParts } from "./merged-parts.ts";
import type { Watch } from "./ports.ts";

/**
 * What became of pull requests whose heads came by hand though the check blocked them: it knows more than their commits
 * tell. `null` where there is none. GitHub is asked only about commits on which the App has blocked.
 */
export async function blockedHeads(
  watch: Watch,
  move: BranchMove,
  { gained, from }: Brought,
): Promise<MoveJudgement | null> {
  const blocked: string[] = [];
  for (const sha of gained) {
    const published = await watch.store.publishedChecks(watch.repository, sha);
    if (published.some(({ conclusion }) => !PASSING_CONCLUSIONS.has(conclusion))) blocked.push(sha);
  }
  if (blocked.length === 0) return null;
  const merged = await mergedBy(watch, move, { gained, from });
  // They are not shown as merged yet.
  if (merged.length === 0 && !watch.patient) return LATE;
  const changes: JudgedChange[] = [];
  for (const pull of merged.filter(({ headSha }) => blocked.includes(headSha))) {
    const own = await judgePull(watch, move, { ...pull, from });
    if (own === null) return LATE;
    if (isBypass(own.outcome)) changes.push(own);
  }
  return changes.length === 0 ? null : judged(changes);
}

/** Commits, and what they came upon. */
export interface Brought {
  readonly gained: readonly string[];
  readonly from: string;
}

/** Pull requests of a merge group are known by their commits; of those only so many are looked up. Our own limit. */
const MOST_LOOKED_UP = 50;

/** The merged pull requests that a move brought. */
export async function mergedBy(
  watch: Watch,
  move: BranchMove,
  { gained, from }: Brought,
): Promise<readonly MergedInto[]> {
  const { github, repository } = watch;
  const { kind, branch, after } = move;
  const isGroup = kind === "merge_queue_merge";
  const shas = isGroup ? [...new Set([...gained.slice(-MOST_LOOKED_UP), after])] : [after];
  const merged = new Map<number, MergedInto>();
  for (const sha of shas)
    for (const pull of await github.mergedWith(repository, sha))
      if (pull.branch === branch && (isGroup || pull.mergedAs === after)) merged.set(pull.number, pull);
  const pulls = [...merged.values()];
  return isGroup ? pulls : withoutParts(watch, move, { pulls, from });
}
