import type { PolicySources } from "../../policy/source.ts";
import type { GitHubClient } from "../client/client.ts";
import { GitHubProblem } from "../client/errors.ts";
import type { PullRequestData } from "./pull-request-data.ts";
import { readGoverned } from "./rules/governed.ts";
import type { SnapshotRequest, Trying } from "./snapshot-request.ts";

/** @throws {GitHubProblem} when there is no such branch */
export async function underTriedBase(
  client: GitHubClient,
  { repository, trying: { base } = {} }: SnapshotRequest,
  evaluation: PullRequestData,
): Promise<PullRequestData> {
  if (base === undefined) return evaluation;
  const governed = await readGoverned(client, repository, base);
  if (governed !== null) return { ...evaluation, governed };
  throw new GitHubProblem({
    code: "trying/no-such-branch",
    message: `${repository.owner}/${repository.repo} has no branch "${base}".`,
    remedy: "Name a branch of the repository that the pull request is for.",
  });
}

export function withTriedConfig(sources: PolicySources, { config }: Trying = {}): PolicySources {
  return config === undefined ? sources : { ...sources, repository: { status: "found", ...config } };
}
