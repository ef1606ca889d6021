import { z } from "zod";
import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, parsed } from "../client/client.ts";
import { NotFound } from "../client/errors.ts";
import { graphql } from "../client/graphql.ts";
import { PAGE_FIELDS, page } from "../client/page.ts";

interface Person {
  readonly id: number;
  readonly login: string;
}

/** A commit of a pull request that was merged. */
interface MergedCommit {
  readonly sha: string;
  readonly message: string;
  /** The people whom git names on it, where it is no merge. */
  readonly people: readonly Person[];
}

/** What was merged, and the commits that were made of it. */
export interface Merge {
  readonly commits: readonly MergedCommit[];
  /** Without those that are on the base as they are. */
  readonly became: readonly string[];
}

const COMMIT = "oid message authoredDate author { email }";

const PEOPLE =
  "parents(first: 2) { totalCount } committer { user { databaseId login } } authors(first: 10) { nodes { user { databaseId login } } }";

/** A rebase keeps of each commit who wrote it, when and why. */
export const MERGE = `
query CountersignMerge($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    pullRequest(number: $number) {
      mergeCommit { oid parents(first: 2) { totalCount } history(first: 100) { nodes { ${COMMIT} } } }
      commits(first: 100, after: $after) { ${PAGE_FIELDS} nodes { commit { ${COMMIT} ${PEOPLE} } } }
    }
  }
}`;

const commitAnswer = z.object({
  oid: z.string(),
  message: z.string(),
  authoredDate: z.string(),
  author: z.object({ email: z.string().nullable() }).nullable(),
});

type CommitAnswer = z.infer<typeof commitAnswer>;

const personAnswer = z
  .object({ user: z.object({ databaseId: z.int(), login: z.string() }).nullable() })
  .nullable();

const mergedCommitAnswer = commitAnswer.extend({
  parents: z.object({ totalCount: z.int() }),
  committer: personAnswer,
  authors: z.object({ nodes: z.array(personAnswer) }),
});

type MergedCommitAnswer = z.infer<typeof mergedCommitAnswer>;

const mergeAnswer = z.object({
  repository: z
    .object({
      pullRequest: z
        .object({
          mergeCommit: z
            .object({
              oid: z.string(),
              parents: z.object({ totalCount: z.int() }),
              history: z.object({ nodes: z.array(commitAnswer) }),
            })
            .nullable(),
          commits: page(z.object({ commit: mergedCommitAnswer })),
        })
        .nullable(),
    })
    .nullable(),
});

/**
 * What a pull request was made of, and what it became on its base: one commit by a squash, a commit for each by a
 * rebase, of which a hundred are looked for; by a merge its own commits with another one.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function readMerge(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  number: number,
): Promise<Merge> {
  const commits: MergedCommitAnswer[] = [];
  for (let after: string | null = null; ; ) {
    const answer = await graphql(client, {
      document: MERGE,
      variables: { owner, name: repo, number, after },
    });
    const pull = parsed(mergeAnswer, answer, `the merge of #${number}`).repository?.pullRequest;
    if (pull == null) throw new NotFound(`pull request #${number} is gone`);
    const { nodes, pageInfo } = pull.commits;
    commits.push(...nodes.map(({ commit }) => commit));
    if (pageInfo.hasNextPage && pageInfo.endCursor !== after) {
      after = pageInfo.endCursor;
      continue;
    }
    return {
      commits: commits.map(mergedCommit),
      became: pull.mergeCommit === null ? [] : madeOf(commits, pull.mergeCommit),
    };
  }
}

function mergedCommit(commit: MergedCommitAnswer): MergedCommit {
  const { oid: sha, message, parents, committer, authors } = commit;
  const named = parents.totalCount > 1 ? [] : [...authors.nodes, committer];
  const people = named.flatMap((one): readonly Person[] => {
    const user = one?.user;
    return user ? [{ id: user.databaseId, login: user.login }] : [];
  });
  return { sha, message, people };
}

type MergeCommitAnswer = NonNullable<
  NonNullable<NonNullable<z.infer<typeof mergeAnswer>["repository"]>["pullRequest"]>["mergeCommit"]
>;

/** What the base held before may have been written alike; then it was the same commit before it was picked. */
function madeOf(
  commits: readonly CommitAnswer[],
  { oid, parents, history: { nodes } }: MergeCommitAnswer,
): readonly string[] {
  if (parents.totalCount > 1) return [oid];
  const own = new Set(commits.map((commit) => commit.oid));
  const written = new Set(commits.map(writingOf));
  const rebased = nodes.slice(0, commits.length).filter((commit) => written.has(writingOf(commit)));
  return [...new Set([oid, ...rebased.map((commit) => commit.oid)])].filter((sha) => !own.has(sha));
}

function writingOf({ message, authoredDate, author }: CommitAnswer): string {
  return JSON.stringify([message.trimEnd(), Date.parse(authoredDate), author?.email ?? ""]);
}
