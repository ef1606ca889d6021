import type { MergedInto } from "../../github/listing/list-pulls.ts";
import { type BranchMove, isNowhere } from "../../watch/moves.ts";
import { standingAt } from "../../watch/outcome.ts";
import { type JudgedChange, judged, LATE, type MoveJudgement } from "./changes.ts";
import { judgePull } from "./judge-pull.ts";
import { type From, judgeRange } from "./judge-range.ts";
import { withoutParts } from "./merged-parts.ts";
import type { Watch } from "./ports.ts";

const NOTHING = judged([]);

/** Groups of a merge queue that are merged at once; GitHub allows a hundred pull requests in one. Our own limit. */
const MOST_GROUPS = 100;

/** Judges what a move brought. `from` is `null` where nothing says what the branch began with. */
export async function judgeMove(watch: Watch, move: BranchMove, from: From | null): Promise<MoveJudgement> {
  if (isNowhere(move.after) || from === null || from.sha === move.after) return NOTHING;
  switch (move.kind) {
    case "pr_merge":
      return judgeMerge(watch, move, from);
    case "merge_queue_merge":
      return judgeQueued(watch, move, from);
    default:
      return judgeRange(watch, move, from);
  }
}

/** GitHub made the commit, so that nothing but the pull request is in it. */
async function judgeMerge(watch: Watch, move: BranchMove, from: From): Promise<MoveJudgement> {
  const pulls = (await watch.github.mergedWith(watch.repository, move.after)).filter(
    ({ branch, mergedAs }) => branch === move.branch && mergedAs === move.after,
  );
  // It is not shown as merged yet.
  if (pulls.length === 0) return watch.patient ? judgeRange(watch, move, from) : LATE;
  return judgePulls(watch, move, { pulls, from: from.sha });
}

async function judgePulls(
  watch: Watch,
  move: BranchMove,
  { pulls, from }: { readonly pulls: readonly MergedInto[]; readonly from: string },
): Promise<MoveJudgement> {
  const changes: JudgedChange[] = [];
  for (const pull of await withoutParts(watch, move, { pulls, from })) {
    const own = await judgePull(watch, move, { ...pull, from });
    if (own === null) return LATE;
    changes.push(own);
  }
  return judged(
    changes,
    pulls.map(({ headSha }) => ({ headSha, branch: move.branch })),
  );
}

/** The check on the commit of a group speaks of all its pull requests, down to the commit that it is built on. */
async function judgeQueued(watch: Watch, move: BranchMove, from: From): Promise<MoveJudgement> {
  const { store, repository } = watch;
  const { branch, after } = move;
  const served: string[] = [];
  let overridden = false;
  for (let sha = after; served.length < MOST_GROUPS; ) {
    const passes = (await store.passesOf(repository, sha)).filter(
      ({ above, served }) => above !== null && !served,
    );
    const outcome = standingAt({ branch, at: Date.parse(move.at), passes, endsOwnPass: true });
    const above = passes.at(-1)?.above ?? null;
    if (outcome === null || above === null) break;
    served.push(sha);
    overridden ||= outcome === "overridden";
    if (above === from.sha) {
      const told = {
        outcome: overridden ? "overridden" : "let-through",
        pull: null,
        headSha: after,
      } as const;
      return judged(
        [told],
        served.map((headSha) => ({ headSha, branch })),
      );
    }
    sha = above;
  }
  return judgeRange(watch, move, from);
}
