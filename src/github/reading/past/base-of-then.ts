import { z } from "zod";

/** What tells where the base was when a pull request was merged. */
export const MERGE_FIELDS = `
  mergeCommit { message authoredDate parents(first: 1) { totalCount nodes { oid } } }
  commits(last: 1) { totalCount nodes { commit { message authoredDate } } }`;

const written = { message: z.string(), authoredDate: z.string() };

export const mergeAnswer = z.object({
  mergeCommit: z
    .object({
      ...written,
      parents: z.object({ totalCount: z.int(), nodes: z.array(z.object({ oid: z.string() })) }),
    })
    .nullable(),
  commits: z.object({ totalCount: z.int(), nodes: z.array(z.object({ commit: z.object(written) })) }),
});

type Merge = z.infer<typeof mergeAnswer> & { readonly baseRefOid: string };

/**
 * The commit that a pull request was merged into: the first parent of what it became. Rebased commits follow one
 * another, so that the parent of the last is part of the change itself; then, and where GitHub does not say what it
 * became, it is the base that the pull request names, which may be a little older.
 */
export function baseOfThen({ mergeCommit, commits, baseRefOid }: Merge): string {
  const parent = mergeCommit?.parents.nodes[0]?.oid;
  if (mergeCommit === null || parent === undefined) return baseRefOid;
  const [last] = commits.nodes;
  const isRebased =
    mergeCommit.parents.totalCount === 1 &&
    commits.totalCount > 1 &&
    last?.commit.message === mergeCommit.message &&
    Date.parse(last.commit.authoredDate) === Date.parse(mergeCommit.authoredDate);
  return isRebased ? baseRefOid : parent;
}
