import { z } from "zod";
import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, parsed, rest } from "../client/client.ts";

const commitAnswer = z.object({
  parents: z.array(z.object({ sha: z.string() })),
  commit: z.object({ tree: z.object({ sha: z.string() }) }),
});

/** What a commit is made of. */
export interface CommitFacts {
  /** The commits that it was made upon, in git's order. */
  readonly parents: readonly string[];
  /** The id of what it holds. */
  readonly tree: string;
}

/** @throws {GitHubUnavailable | GitHubProblem | NotFound} */
export async function readCommitFacts(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  ref: string,
): Promise<CommitFacts> {
  const { data } = await rest(client, {
    route: "GET /repos/{owner}/{repo}/commits/{ref}",
    parameters: { owner, repo, ref, per_page: 1 },
    need: "Contents: read",
    absent: "not-there",
  });
  const { parents, commit } = parsed(commitAnswer, data, `the commit ${ref}`);
  return { parents: parents.map(({ sha }) => sha), tree: commit.tree.sha };
}
