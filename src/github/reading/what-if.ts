import type { PolicySources } from "../../policy/source.ts";
import type { GitHubClient } from "../client/client.ts";
import { GitHubProblem } from "../client/errors.ts";
import type { PullRequestData } from "./pull-request-data.ts";
import { readGoverned } from "./rules/governed.ts";
import type { SnapshotRequest, WhatIf } from "./snapshot-request.ts";

/** @throws {GitHubProblem} when there is no such branch */
export async function withOtherBase(
  client: GitHubClient,
  { repository, whatIf: { base } = {} }: SnapshotRequest,
  evaluation: PullRequestData,
): Promise<PullRequestData> {
  if (base === undefined) return evaluation;
  const governed = await readGoverned(client, repository, base);
  if (governed !== null) return { ...evaluation, governed };
  throw new GitHubProblem({
    code: "what-if/no-such-branch",
    message: `${repository.owner}/${repository.repo} has no branch "${base}".`,
    remedy: "Name a branch of the repository that the pull request is for.",
  });
}

export function withOtherConfig(sources: PolicySources, { config }: WhatIf = {}): PolicySources {
  return config === undefined ? sources : { ...sources, repository: { status: "found", ...config } };
}
