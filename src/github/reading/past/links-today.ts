import { z } from "zod";
import type { RepositoryRef } from "../../../store/repository.ts";
import { type GitHubClient, parsed, rest } from "../../client/client.ts";
import { GitHubProblem, NotFound } from "../../client/errors.ts";

const treeAnswer = z.object({ truncated: z.boolean() });

/**
 * The commit whose links are followed for all of the past: today's. Each past base would cost a request of its own, and
 * a tree that is too large to be listed at once hundreds of them; its links are not followed, which `null` says.
 * @throws {GitHubUnavailable}
 */
export async function commitWithLinks(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  commit: string | null,
): Promise<string | null> {
  if (commit === null) return null;
  try {
    const { data } = await rest(client, {
      route: "GET /repos/{owner}/{repo}/git/trees/{tree}",
      parameters: { owner, repo, tree: commit, recursive: "1" },
      need: "Contents: read",
      absent: "not-there",
    });
    return parsed(treeAnswer, data, "the files of the default branch").truncated ? null : commit;
  } catch (error) {
    if (error instanceof NotFound || error instanceof GitHubProblem) return null;
    throw error;
  }
}
