import type { PolicySources } from "../../policy/source.ts";
import type { GitHubClient } from "../client/client.ts";
import { GitHubProblem } from "../client/errors.ts";
import type { Evaluation } from "./pull-request-data.ts";
import type { SnapshotRequest } from "./read-snapshot.ts";
import { readGoverned } from "./rules/governed.ts";

/** Rules to read a pull request by in place of those that hold, to try them out. */
export interface Trying {
  /** The text of a config in place of the default branch's. */
  readonly config?: { readonly path: string; readonly text: string };
  /** The branch whose rules are applied, in place of the base of the pull request or of its stack. */
  readonly base?: string;
}

/** @throws {GitHubProblem} when there is no such branch */
export async function underTriedBase(
  client: GitHubClient,
  { repository, trying: { base } = {} }: SnapshotRequest,
  evaluation: Evaluation,
): Promise<Evaluation> {
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
