import type { BaseEntry, ChangedFile, CommitFacts } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { Cache } from "../../client/cache.ts";
import type { GitHubClient } from "../../client/client.ts";
import { LIMITS } from "../../client/limits.ts";
import { readEntries } from "./base-sides.ts";
import { readMergeBase } from "./merge-base.ts";

interface MergesRequest {
  readonly repository: RepositoryRef;
  /** Of the pull request. */
  readonly files: readonly ChangedFile[];
  /** Whether whoever made a commit could sign otherwise: nobody asks about the merges of others. */
  readonly matters: (commit: CommitFacts) => boolean;
  readonly caches: { readonly mergeBases: Cache<string>; readonly baseEntries: Cache<BaseEntry | null> };
  readonly now: Date;
}

/**
 * The commits, the merges at their end with what those changed by themselves: a later commit may have moved what a
 * merge brought in to where nobody looks for it. A merge of more than two commits, and one in a pull request of very
 * many files, is left as it is.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function withMergeChanges(
  client: GitHubClient,
  commits: readonly CommitFacts[],
  request: MergesRequest,
): Promise<readonly CommitFacts[]> {
  const paths = request.files.flatMap(({ path, previousPath = path }) => [path, previousPath]);
  if (new Set(paths).size > LIMITS.pathsPerQuery) return commits;
  const told = new Map<CommitFacts, readonly string[]>();
  for (const commit of commits.toReversed()) {
    const merged = parentsOfMerge(commit);
    if (merged === null || !request.matters(commit)) break;
    told.set(commit, await changedBy(client, { merge: commit.sha, ...merged, paths }, request));
  }
  return commits.map((commit) => {
    const mergeChanged = told.get(commit);
    return mergeChanged === undefined ? commit : { ...commit, mergeChanged };
  });
}

function parentsOfMerge({ parents = [] }: CommitFacts) {
  const [one, other, ...more] = parents;
  return one === undefined || other === undefined || more.length > 0 ? null : { one, other };
}

interface Merge {
  readonly merge: string;
  readonly one: string;
  readonly other: string;
  readonly paths: readonly string[];
}

async function changedBy(
  client: GitHubClient,
  { merge, one, other, paths }: Merge,
  { repository, caches, now }: MergesRequest,
): Promise<readonly string[]> {
  const range = { repository, headSha: one, baseSha: other, commits: [], caches, now };
  const mergeBase = await readMergeBase(client, range);
  const entriesAt = (sha: string) => readEntries(client, { repository, mergeBase: sha, caches, now }, paths);
  const [made, mine, theirs, before] = [
    await entriesAt(merge),
    await entriesAt(one),
    await entriesAt(other),
    await entriesAt(mergeBase),
  ];
  return [...new Set(paths)].filter((path) => {
    const [left, right, parted] = [mine, theirs, before].map((entries) => mark(entries.get(path)));
    return mark(made.get(path)) !== mergedSide({ left, right, parted });
  });
}

/** What a merge without conflicts leaves; `null` where both sides changed, and only the text could tell. */
function mergedSide({
  left,
  right,
  parted,
}: Readonly<Record<"left" | "right" | "parted", string | undefined>>) {
  if (left === parted || left === right) return right;
  return right === parted ? left : null;
}

function mark(entry: BaseEntry | null | undefined): string {
  return entry ? `${entry.kind} ${entry.mode} ${entry.contentId}` : "";
}
