import { DEFAULT_BRANCH } from "../policy/branch.ts";
import { governs } from "../policy/governs.ts";

/** What says which branches are governed. */
export interface BranchRules {
  readonly branches: readonly string[];
  readonly defaultBranch: string;
}

/** Where a merge queue tries what it is about to merge. */
const QUEUES = "gh-readonly-queue/";

/**
 * Whether the moves of a branch are judged. An entry of wildcards alone governs pull requests into whichever branch, and
 * so the branches that people work on as well, which nobody merges into: of those the default branch alone is watched.
 */
export function isWatched({ branches, defaultBranch }: BranchRules, branch: string): boolean {
  if (branch.startsWith(QUEUES)) return false;
  const named = branches.filter((entry) => /[^*/]/.test(entry));
  const patterns = named.length < branches.length ? [...named, DEFAULT_BRANCH] : named;
  return governs({ branches: patterns }, { ref: branch, defaultBranch });
}
