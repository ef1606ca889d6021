import { z } from "zod";
import type { SeenRepository } from "../../store/repository.ts";
import { type GitHubClient, parsed } from "../client/client.ts";
import { graphql } from "../client/graphql.ts";

const WHEREABOUTS = `
query CountersignWhereabouts($id: ID!) {
  node(id: $id) { __typename ... on Repository { databaseId name owner { login } createdAt isArchived } }
}`;

const answerOf = z.object({
  node: z
    .object({
      __typename: z.string(),
      databaseId: z.int().nullish(),
      name: z.string().optional(),
      owner: z.object({ login: z.string() }).optional(),
      createdAt: z.string().optional(),
    })
    .nullable(),
});

/**
 * A repository under the name it has now; `null` where it is gone, or out of the App's sight.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function whereabouts(
  client: GitHubClient,
  known: SeenRepository,
): Promise<SeenRepository | null> {
  if (known.nodeId === null) return null;
  const answer = await graphql(client, {
    document: WHEREABOUTS,
    variables: { id: known.nodeId },
    tolerated: ({ type, path }) => type === "NOT_FOUND" && path === "node",
  });
  const { node } = parsed(answerOf, answer, `the repository ${known.owner}/${known.repo}`);
  if (node?.name === undefined || node.owner === undefined || node.databaseId !== known.repositoryId)
    return null;
  return { ...known, owner: node.owner.login, repo: node.name, createdAt: node.createdAt ?? known.createdAt };
}
