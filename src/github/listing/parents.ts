import { z } from "zod";
import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, parsed, rest } from "../client/client.ts";

const commitAnswer = z.object({ parents: z.array(z.object({ sha: z.string() })) });

/**
 * The commits that a commit was made upon, in git's order.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound}
 */
export async function readParents(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  ref: string,
): Promise<readonly string[]> {
  const { data } = await rest(client, {
    route: "GET /repos/{owner}/{repo}/commits/{ref}",
    parameters: { owner, repo, ref, per_page: 1 },
    need: "Contents: read",
    absent: "not-there",
  });
  return parsed(commitAnswer, data, `the commit ${ref}`).parents.map(({ sha }) => sha);
}
