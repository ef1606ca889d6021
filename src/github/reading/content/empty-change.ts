import { z } from "zod";
import type { RepositoryRef } from "../../../store/repository.ts";
import { type GitHubClient, ODD_ANSWER_RETRY_MS, parsed } from "../../client/client.ts";
import { GitHubProblem } from "../../client/errors.ts";
import { graphql } from "../../client/graphql.ts";

const COMMIT = "{ __typename ... on Commit { tree { oid } } }";

export const TREES = `
query CountersignTrees($owner: String!, $name: String!, $headSha: GitObjectID!, $mergeBase: GitObjectID!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    head: object(oid: $headSha) ${COMMIT}
    mergeBase: object(oid: $mergeBase) ${COMMIT}
  }
}`;

const commitAnswer = z.object({ tree: z.object({ oid: z.string() }).optional() }).nullable();
const treesAnswer = z.object({ repository: z.object({ head: commitAnswer, mergeBase: commitAnswer }) });

interface Sides {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  readonly mergeBase: string;
}

/**
 * Confirms that a pull request without changed files changes nothing.
 * @throws {GitHubProblem} `evidence/files-incomplete` where its trees differ or are not known
 */
export async function confirmEmpty(
  client: GitHubClient,
  { repository: { owner, repo }, headSha, mergeBase }: Sides,
): Promise<void> {
  const answer = await graphql(client, {
    document: TREES,
    variables: { owner, name: repo, headSha, mergeBase },
  });
  const { head, mergeBase: base } = parsed(treesAnswer, answer, "the trees").repository;
  if (head?.tree !== undefined && head.tree.oid === base?.tree?.oid) return;
  throw new GitHubProblem(
    {
      code: "evidence/files-incomplete",
      message: "GitHub lists no changed files on this pull request, but its head differs from its base.",
      remedy: "No action needed; Countersign will retry. If it persists, push again.",
    },
    ODD_ANSWER_RETRY_MS,
  );
}
