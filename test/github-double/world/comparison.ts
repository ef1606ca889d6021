import { diffFiles, type FileChange } from "./diff.ts";
import { commitsBetween, mergeBase } from "./history.ts";
import type { Pull, Repository } from "./model.ts";
import type { Commit } from "./objects.ts";

interface Comparison {
  readonly key: string;
  readonly files: readonly FileChange[];
  readonly commits: readonly Commit[];
}

/** The newest comparison of each pull request, good until either side moves. */
const known = new WeakMap<Pull, Comparison>();

/** What a pull request changes: its head against the merge base. */
export function changedFiles(pull: Pull): readonly FileChange[] {
  return compare(pull).files;
}

/** The changed files as GitHub lists them, which may lack some. */
export function listedFiles(pull: Pull): readonly FileChange[] {
  const { unlisted } = pull.misreported;
  return compare(pull).files.filter(({ path }) => !unlisted?.has(path));
}

/** What the head has and the base has not, oldest first. */
export function pullCommits(pull: Pull): readonly Commit[] {
  return compare(pull).commits;
}

/**
 * The pull requests that GitHub names at a commit. Those whose head lies in a fork it leaves out until they are
 * merged, as the repository does not hold their commits; seen by many, documented nowhere, and whether GraphQL does
 * the same is not known.
 */
export function pullsAt(
  repo: Repository,
  sha: string,
  { namesForks }: { readonly namesForks: boolean },
): readonly Pull[] {
  return [...repo.pulls.values()].filter(
    (pull) =>
      (namesForks || pull.headRepo === repo || pull.mergedAt !== null) &&
      // "The merged pull request that introduced the commit": also what a squash or a merge made of it.
      (pull.headSha === sha ||
        (pull.mergedAt !== null && pull.mergeCommitSha === sha) ||
        pullCommits(pull).some((each) => each.sha === sha)),
  );
}

function compare(pull: Pull): Comparison {
  const { baseSha, headSha } = pull;
  const { objects } = pull.repo;
  const key = `${baseSha}...${headSha}`;
  const before = known.get(pull);
  if (before?.key === key) return before;
  const base = mergeBase(objects, baseSha, headSha);
  const files = diffFiles(
    objects,
    base === null ? new Map() : objects.filesAt(base),
    objects.filesAt(headSha),
  );
  const comparison = { key, files, commits: commitsBetween(objects, baseSha, headSha) };
  known.set(pull, comparison);
  return comparison;
}
