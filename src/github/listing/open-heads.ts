import { z } from "zod";
import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, parsed } from "../client/client.ts";
import { Inconsistent, NotFound } from "../client/errors.ts";
import { graphql } from "../client/graphql.ts";
import { PAGE_FIELDS, page } from "../client/page.ts";

/** A status of a commit, of its context the latest. */
export interface HeadStatus {
  readonly context: string;
  readonly state: "ERROR" | "EXPECTED" | "FAILURE" | "PENDING" | "SUCCESS";
  readonly description: string | null;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** An open pull request with the statuses of its head. */
export interface OpenHead {
  readonly number: number;
  readonly headSha: string;
  /** The time of the last commit, review, comment or label, as GitHub writes it. */
  readonly updatedAt: string;
  readonly statuses: readonly HeadStatus[];
}

const OPEN_HEADS = `
query CountersignOpenHeads($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name, followRenames: false) {
    isArchived
    pullRequests(first: 100, after: $after, states: [OPEN], orderBy: { field: CREATED_AT, direction: ASC }) {
      ${PAGE_FIELDS}
      nodes {
        number
        headRefOid
        updatedAt
        commits(last: 1) { nodes { commit { oid status { contexts { context state description createdAt } } } } }
      }
    }
  }
}`;

const statusAnswer = z.object({
  context: z.string(),
  state: z.enum(["ERROR", "EXPECTED", "FAILURE", "PENDING", "SUCCESS"]),
  description: z.string().nullable(),
  createdAt: z.string(),
});

const commitAnswer = z.object({
  oid: z.string(),
  status: z.object({ contexts: z.array(statusAnswer) }).nullable(),
});

const openHeadsAnswer = z.object({
  repository: z
    .object({
      isArchived: z.boolean(),
      pullRequests: page(
        z.object({
          number: z.int(),
          headRefOid: z.string(),
          updatedAt: z.string(),
          commits: z.object({ nodes: z.array(z.object({ commit: commitAnswer })) }),
        }),
      ),
    })
    .nullable(),
});

/**
 * All open pull requests, oldest first, with those from forks; none of an archived repository, where nothing is merged.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function listOpenHeads(
  client: GitHubClient,
  { owner, repo }: Pick<RepositoryRef, "owner" | "repo">,
): Promise<readonly OpenHead[]> {
  const open: OpenHead[] = [];
  for (let after: string | null = null; ; ) {
    const variables = { owner, name: repo, after };
    const answer = await graphql(client, { document: OPEN_HEADS, variables });
    const { repository } = parsed(openHeadsAnswer, answer, "the open pull requests");
    if (repository === null) throw new NotFound(`${owner}/${repo} is gone`);
    if (repository.isArchived) return [];
    const { nodes, pageInfo } = repository.pullRequests;
    for (const { number, headRefOid: headSha, updatedAt, commits } of nodes) {
      // Just pushed to, the list of commits may be late: nothing is known of the head's statuses then.
      const head = commits.nodes.find(({ commit }) => commit.oid === headSha)?.commit;
      open.push({ number, headSha, updatedAt, statuses: head?.status?.contexts ?? [] });
    }
    if (!pageInfo.hasNextPage) return open;
    if (pageInfo.endCursor === after) throw new Inconsistent("the open pull requests");
    after = pageInfo.endCursor;
  }
}
