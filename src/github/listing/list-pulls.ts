import { z } from "zod";
import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, parsed, restList } from "../client/client.ts";
import { Inconsistent, NotFound } from "../client/errors.ts";
import { graphql } from "../client/graphql.ts";
import { PAGE_FIELDS, page } from "../client/page.ts";

export interface PullOnHead {
  readonly number: number;
  readonly headSha: string;
  readonly baseRef: string;
}

export interface OpenPull extends PullOnHead {
  /** The time of the last commit, review, comment or label, as GitHub writes it. */
  readonly updatedAt: string;
}

/** A pull request that was merged. */
export interface MergedPull {
  readonly number: number;
  readonly headSha: string;
  /** The commit that its base was moved to. */
  readonly mergedAs: string;
  /** Whether its base is the default branch. */
  readonly isOnDefault: boolean;
  readonly mergedAt: string;
  readonly updatedAt: string;
}

export interface ListedPulls {
  /** All of them, oldest first. */
  readonly open: readonly OpenPull[];
  /** Those that changed last: a hundred at most. */
  readonly merged: readonly MergedPull[];
}

/** Only what a sweep needs; GraphQL sends a fraction of what REST would. */
export const OPEN_PULLS = `
query CountersignOpenPulls($owner: String!, $name: String!, $after: String, $merged: Boolean!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    isArchived
    defaultBranchRef { name }
    merged: pullRequests(first: 100, states: [MERGED], orderBy: { field: UPDATED_AT, direction: DESC })
      @include(if: $merged) { nodes { number headRefOid baseRefName mergedAt updatedAt mergeCommit { oid } } }
    pullRequests(first: 100, after: $after, states: [OPEN], orderBy: { field: CREATED_AT, direction: ASC }) {
      ${PAGE_FIELDS}
      nodes { number headRefOid baseRefName updatedAt }
    }
  }
}`;

const openPullsAnswer = z.object({
  repository: z
    .object({
      isArchived: z.boolean(),
      defaultBranchRef: z.object({ name: z.string() }).nullable(),
      merged: z
        .object({
          nodes: z.array(
            z.object({
              number: z.int(),
              headRefOid: z.string(),
              baseRefName: z.string(),
              mergedAt: z.string().nullable(),
              updatedAt: z.string(),
              mergeCommit: z.object({ oid: z.string() }).nullable(),
            }),
          ),
        })
        .optional(),
      pullRequests: page(
        z.object({
          number: z.int(),
          headRefOid: z.string(),
          baseRefName: z.string(),
          updatedAt: z.string(),
        }),
      ),
    })
    .nullable(),
});

type Answer = NonNullable<z.infer<typeof openPullsAnswer>["repository"]>;

/**
 * All open pull requests, and with the same request those that were merged lately; none for an archived repository,
 * where nothing can be merged.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function listPulls(client: GitHubClient, { owner, repo }: RepositoryRef): Promise<ListedPulls> {
  const open: OpenPull[] = [];
  const merged: MergedPull[] = [];
  for (let after: string | null = null; ; ) {
    const variables = { owner, name: repo, after, merged: after === null };
    const answer = await graphql(client, { document: OPEN_PULLS, variables });
    const { repository } = parsed(openPullsAnswer, answer, "the open pull requests");
    if (repository === null) throw new NotFound(`${owner}/${repo} is gone`);
    if (repository.isArchived) return { open: [], merged: [] };
    const { nodes, pageInfo } = repository.pullRequests;
    for (const { number, headRefOid: headSha, baseRefName: baseRef, updatedAt } of nodes)
      open.push({ number, headSha, baseRef, updatedAt });
    merged.push(...mergedIn(repository));
    if (!pageInfo.hasNextPage) return { open, merged };
    if (pageInfo.endCursor === after) throw new Inconsistent("the open pull requests");
    after = pageInfo.endCursor;
  }
}

function mergedIn({ merged, defaultBranchRef }: Answer): readonly MergedPull[] {
  return (merged?.nodes ?? []).flatMap(
    ({ mergeCommit, mergedAt, headRefOid: headSha, baseRefName, ...pull }) => {
      if (mergeCommit === null || mergedAt === null) return [];
      const { number, updatedAt } = pull;
      const isOnDefault = baseRefName === defaultBranchRef?.name;
      return [{ number, headSha, mergedAs: mergeCommit.oid, isOnDefault, mergedAt, updatedAt }];
    },
  );
}

const pullsAnswer = z.array(
  z.object({
    number: z.int(),
    state: z.string(),
    merged_at: z.string().nullish(),
    merge_commit_sha: z.string().nullish(),
    head: z.object({ sha: z.string() }),
    base: z.object({ ref: z.string() }),
  }),
);

/** The pull requests that GitHub names at a commit. */
function pullsAt(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  sha: string,
): Promise<Readonly<z.infer<typeof pullsAnswer>>> {
  return restList(
    client,
    {
      route: "GET /repos/{owner}/{repo}/commits/{sha}/pulls",
      parameters: { owner, repo, sha },
      need: "Pull requests: read",
      absent: "not-there",
    },
    (data) => parsed(pullsAnswer, data, "the pull requests of a commit"),
  );
}

/**
 * The open pull requests whose head is this commit. GitHub leaves out those of forks (seen 2026-09), so the app's own
 * record is needed too.
 */
export async function pullsWithHead(
  client: GitHubClient,
  repository: RepositoryRef,
  sha: string,
): Promise<readonly PullOnHead[]> {
  const pulls = await pullsAt(client, repository, sha);
  return pulls
    .filter(({ state, head }) => state === "open" && head.sha === sha)
    .map(({ number, head, base }) => ({ number, headSha: head.sha, baseRef: base.ref }));
}

/** A pull request with the branch that it was merged into. */
export interface MergedInto {
  readonly number: number;
  readonly headSha: string;
  readonly branch: string;
  /** The commit that its base was moved to. */
  readonly mergedAs: string;
}

/**
 * The merged pull requests that brought a commit into the repository.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound}
 */
export async function mergedWith(
  client: GitHubClient,
  repository: RepositoryRef,
  sha: string,
): Promise<readonly MergedInto[]> {
  const pulls = await pullsAt(client, repository, sha);
  return pulls.flatMap(({ number, merged_at: at, merge_commit_sha: mergedAs, head, base }) =>
    at == null || mergedAs == null ? [] : [{ number, headSha: head.sha, branch: base.ref, mergedAs }],
  );
}
