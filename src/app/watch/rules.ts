import type { BranchTip } from "../../github/listing/list-branches.ts";
import { DEFAULT_BRANCH } from "../../policy/branch.ts";
import { resolvePolicy } from "../../policy/resolve.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { WatchRules } from "../../store/watch.ts";
import { watchRulesOf } from "../../watch/rules.ts";
import { isWatched } from "../../watch/watched-branches.ts";
import type { WatchPorts } from "./ports.ts";

/** The rules as they are now, and where the branches are that they govern. */
export interface RulesNow {
  readonly rules: WatchRules;
  readonly tips: readonly BranchTip[];
}

/**
 * `null` where the repository is empty.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function rulesNow(
  { store, github }: Pick<WatchPorts, "store" | "github">,
  repository: RepositoryRef,
  before: WatchRules | null,
): Promise<RulesNow | null> {
  const { floorSeen } = await store.remember(repository, 0);
  const read = await github.branchRules(repository, { ...(floorSeen && { floorSeen }) });
  if (read === null) return null;
  const { branch: defaultBranch } = read.defaultBranch;
  const { policy } = resolvePolicy(read.sources);
  const rules = watchRulesOf(policy, defaultBranch, before);
  const listed = isForDefaultBranchAlone(rules) ? [] : await github.branches(repository);
  const tips = [read.defaultBranch, ...listed.filter(({ branch }) => branch !== defaultBranch)];
  return { rules, tips: tips.filter(({ branch }) => isWatched(rules, branch)) };
}

function isForDefaultBranchAlone({ branches, defaultBranch }: WatchRules): boolean {
  return branches.every(
    (entry) => entry === DEFAULT_BRANCH || entry === defaultBranch || !/[^*/]/.test(entry),
  );
}
