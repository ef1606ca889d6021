import type { MergedInto } from "../../github/listing/list-pulls.ts";
import type { BranchMove } from "../../watch/moves.ts";
import type { Watch } from "./ports.ts";

/**
 * Those of the pull requests merged by a move that hold all it brought. GitHub says of each open one that it is merged
 * when its commits come along, whoever opened it and wherever from, so that a part says nothing of the whole.
 */
export async function withoutParts(
  { github, repository }: Pick<Watch, "github" | "repository">,
  { after }: BranchMove,
  { pulls, from }: { readonly pulls: readonly MergedInto[]; readonly from: string },
): Promise<readonly MergedInto[]> {
  if (new Set(pulls.map(({ headSha }) => headSha)).size < 2) return pulls;
  const brought = [
    after,
    ...(await github.commitFacts(repository, after)).parents.filter((sha) => sha !== from),
  ];
  const whole = pulls.filter(({ headSha }) => brought.includes(headSha));
  return whole.length === 0 ? pulls : whole;
}
