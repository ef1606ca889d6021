import { z } from "zod";
import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, namesNextPage, parsed, rest } from "../client/client.ts";
import { LIMITS } from "../client/limits.ts";

export interface BranchTip {
  readonly branch: string;
  readonly tip: string;
}

const branchesAnswer = z.array(z.object({ name: z.string(), commit: z.object({ sha: z.string() }) }));

/**
 * The branches of a repository with the commits they are at, as far as they are listed.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem}
 */
export async function listBranches(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
): Promise<readonly BranchTip[]> {
  const branches: BranchTip[] = [];
  for (let page = 1; page <= LIMITS.branchPages; page += 1) {
    const { data, headers } = await rest(client, {
      route: "GET /repos/{owner}/{repo}/branches",
      parameters: { owner, repo, per_page: LIMITS.pageSize, page },
      need: "Contents: read",
      absent: "not-there",
    });
    const read = parsed(branchesAnswer, data, "the branches");
    branches.push(...read.map(({ name: branch, commit: { sha: tip } }) => ({ branch, tip })));
    if (!namesNextPage(headers)) break;
  }
  return branches;
}
