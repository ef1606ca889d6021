import { z } from "zod";
import type { RepositoryRef } from "../../store/repository.ts";
import type { MergeGroup } from "../../store/task.ts";
import { type GitHubClient, parsed } from "../client/client.ts";
import { Inconsistent, NotFound } from "../client/errors.ts";
import { graphql } from "../client/graphql.ts";
import { PAGE_FIELDS, page } from "../client/page.ts";

/** A pull request in a merge queue, at the queued head. */
export interface QueuedPull {
  readonly pull: number;
  readonly headSha: string;
}

export const MERGE_QUEUE = `
query CountersignMergeQueue($owner: String!, $name: String!, $branch: String!, $after: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    mergeQueue(branch: $branch) {
      entries(first: 100, after: $after) {
        ${PAGE_FIELDS}
        nodes { position headCommit { oid } pullRequest { number headRefOid } }
      }
    }
  }
}`;

const entryAnswer = z.object({
  position: z.int(),
  headCommit: z.object({ oid: z.string() }).nullable(),
  pullRequest: z.object({ number: z.int(), headRefOid: z.string() }).nullable(),
});

const queueAnswer = z.object({
  repository: z
    .object({ mergeQueue: z.object({ entries: page(entryAnswer).nullable() }).nullable() })
    .nullable(),
});

type Entry = z.infer<typeof entryAnswer>;

/**
 * The pull requests of a group in queue order: from the group it is built on up to the entry whose commit is the
 * group's. `null` if the queue does not contain them all.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function pullsInGroup(
  client: GitHubClient,
  repository: RepositoryRef,
  { base, baseSha, headSha }: MergeGroup & { readonly headSha: string },
): Promise<readonly QueuedPull[] | null> {
  const entries = (await readQueue(client, repository, base)).toSorted(
    (one, other) => one.position - other.position,
  );
  const last = entries.findIndex(({ headCommit }) => headCommit?.oid === headSha);
  const ahead = entries.findIndex(({ headCommit }) => headCommit?.oid === baseSha);
  if (last === -1) return null;
  const pulls = entries.slice(ahead + 1, last + 1).map(({ pullRequest }) => pullRequest);
  const known = pulls.filter((pull) => pull !== null);
  if (known.length === 0 || known.length < pulls.length) return null;
  return known.map(({ number, headRefOid }) => ({ pull: number, headSha: headRefOid }));
}

async function readQueue(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  branch: string,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (let after: string | null = null; ; ) {
    const variables = { owner, name: repo, branch, after };
    const answer = await graphql(client, { document: MERGE_QUEUE, variables });
    const { repository } = parsed(queueAnswer, answer, `the merge queue of ${branch}`);
    if (repository === null) throw new NotFound(`${owner}/${repo} is gone`);
    const found = repository.mergeQueue?.entries;
    if (found == null) return entries;
    entries.push(...found.nodes);
    if (!found.pageInfo.hasNextPage) return entries;
    if (found.pageInfo.endCursor === after) throw new Inconsistent("the merge queue");
    after = found.pageInfo.endCursor;
  }
}
