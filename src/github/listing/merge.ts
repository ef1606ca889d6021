import { z } from "zod";
import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, parsed } from "../client/client.ts";
import { Inconsistent, NotFound } from "../client/errors.ts";
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
  /** Whom it names by an address that belongs to no account. */
  readonly unlinked: readonly { readonly name: string; readonly email: string }[];
  /** There are more of them than GitHub told. */
  readonly unnamed?: true;
}

/** What was merged, and the commits that were made of it. */
export interface Merge {
  readonly commits: readonly MergedCommit[];
  /** Without those that are on the base as they are. */
  readonly became: readonly string[];
}

const COMMIT = "oid message authoredDate author { email }";

const USER = "name email user { databaseId login }";

const PEOPLE = `parents(first: 2) { totalCount } committer { ${USER} } authors(first: 100) { totalCount nodes { ${USER} } }`;

/** A rebase keeps of each commit who wrote it, when and why. */
export const MERGE = `
query CountersignMerge($owner: String!, $name: String!, $number: Int!, $after: String, $below: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    pullRequest(number: $number) {
      mergeCommit {
        oid
        parents(first: 2) { totalCount }
        history(first: 100, after: $below) { ${PAGE_FIELDS} nodes { ${COMMIT} } }
      }
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
  .object({
    name: z.string().nullable(),
    email: z.string().nullable(),
    user: z.object({ databaseId: z.int().nullable(), login: z.string() }).nullable(),
  })
  .nullable();

const mergedCommitAnswer = commitAnswer.extend({
  parents: z.object({ totalCount: z.int() }),
  committer: personAnswer,
  authors: z.object({ totalCount: z.int(), nodes: z.array(personAnswer) }),
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
              history: page(commitAnswer),
            })
            .nullable(),
          commits: page(z.object({ commit: mergedCommitAnswer })),
        })
        .nullable(),
    })
    .nullable(),
});

type PullAnswer = NonNullable<NonNullable<z.infer<typeof mergeAnswer>["repository"]>["pullRequest"]>;

interface MergeCommit {
  readonly oid: string;
  readonly parents: { readonly totalCount: number };
  /** The latest first: at least as many as were merged, where there are so many. */
  readonly history: readonly CommitAnswer[];
}

/**
 * What a pull request was made of, and what it became on its base: one commit by a squash, a commit for each by a
 * rebase; by a merge its own commits with another one.
 * @throws {NotFound | Inconsistent | GitHubUnavailable | GitHubProblem}
 */
export async function readMerge(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  number: number,
): Promise<Merge> {
  const about = `the merge of #${number}`;
  const pages: PullAnswer[] = [];
  for (let at = START; ; ) {
    const answer = await graphql(client, {
      document: MERGE,
      variables: { owner, name: repo, number, ...at },
    });
    const pull = parsed(mergeAnswer, answer, about).repository?.pullRequest;
    if (pull == null) throw new NotFound(`pull request #${number} is gone`);
    pages.push(pull);
    const { hasNextPage, endCursor } = pull.commits.pageInfo;
    if (!hasNextPage) return mergeOf(pages, about);
    if (endCursor === at.after) throw new Inconsistent(about);
    at = { after: endCursor, below: pull.mergeCommit?.history.pageInfo.endCursor ?? at.below };
  }
}

interface Cursors {
  readonly after: string | null;
  readonly below: string | null;
}

const START: Cursors = { after: null, below: null };

function mergeOf(pages: readonly PullAnswer[], about: string): Merge {
  const commits = pages.flatMap((pull) => pull.commits.nodes.map(({ commit }) => commit));
  const [first] = pages;
  if (first?.commits.totalCount !== new Set(commits.map(({ oid }) => oid)).size)
    throw new Inconsistent(about);
  const history = pages.flatMap(({ mergeCommit }) => mergeCommit?.history.nodes ?? []);
  return {
    commits: commits.map(mergedCommit),
    became: first.mergeCommit === null ? [] : madeOf(commits, { ...first.mergeCommit, history }),
  };
}

function mergedCommit(commit: MergedCommitAnswer): MergedCommit {
  const { oid: sha, message, parents, committer, authors } = commit;
  if (parents.totalCount > 1) return { sha, message, people: [], unlinked: [] };
  const users = [...authors.nodes, committer].flatMap((one) => one?.user ?? []);
  const people = users.flatMap(({ databaseId: id, login }) => (id === null ? [] : [{ id, login }]));
  const unlinked = [...authors.nodes, ...(isGitHub(committer) ? [] : [committer])].flatMap((one) =>
    one === null || one.user !== null ? [] : [{ name: one.name ?? "", email: one.email ?? "" }],
  );
  const isWhole = authors.nodes.length === authors.totalCount && people.length === users.length;
  const distinct = [...new Map(unlinked.map((one) => [`${one.email} ${one.name}`, one])).values()];
  return { sha, message, people, unlinked: distinct, ...(!isWhole && { unnamed: true }) };
}

/** What is merged or edited on GitHub's pages GitHub commits. */
function isGitHub(committer: z.infer<typeof personAnswer>): boolean {
  return committer?.email === "noreply@github.com";
}

/** What the base held before may have been written alike; then it was the same commit before it was picked. */
function madeOf(commits: readonly CommitAnswer[], { oid, parents, history }: MergeCommit): readonly string[] {
  if (parents.totalCount > 1) return [oid];
  const own = new Set(commits.map((commit) => commit.oid));
  const written = new Set(commits.map(writingOf));
  const rebased = history.slice(0, commits.length).filter((commit) => written.has(writingOf(commit)));
  return [...new Set([oid, ...rebased.map((commit) => commit.oid)])].filter((sha) => !own.has(sha));
}

function writingOf({ message, authoredDate, author }: CommitAnswer): string {
  return JSON.stringify([message.trimEnd(), Date.parse(authoredDate), author?.email ?? ""]);
}
