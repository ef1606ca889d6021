import type { GitHubClient } from "../client/client.ts";
import { GitHubProblem } from "../client/errors.ts";
import { rulesOfThen } from "./past/rules-of-then.ts";
import type { PullRequestData } from "./pull-request-data.ts";
import type { SnapshotRequest } from "./snapshot-request.ts";

/**
 * A merged pull request with the rules that its base had before: it may have brought others. The config is the default
 * branch's, which it changed only where it was merged into that.
 * @throws {GitHubProblem} when GitHub does not have that commit any more
 */
export async function withRulesBefore(
  client: GitHubClient,
  { repository, rulesBefore }: Pick<SnapshotRequest, "repository" | "rulesBefore">,
  evaluation: PullRequestData,
): Promise<PullRequestData> {
  if (rulesBefore === undefined) return evaluation;
  const rules = (await rulesOfThen(client, repository, [rulesBefore])).get(rulesBefore);
  if (rules === undefined) throw gone(rulesBefore);
  const { oid, config, ...codeowners } = rules;
  const { baseRefName } = evaluation.pullRequest;
  const { defaultBranchRef } = evaluation.repository;
  const intoDefault = defaultBranchRef?.name === baseRefName;
  return {
    ...evaluation,
    repository: {
      ...evaluation.repository,
      ...(intoDefault && { defaultBranchRef: { name: baseRefName, target: { oid, config } } }),
    },
    governed: { name: baseRefName, prefix: "refs/heads/", target: { oid, ...codeowners } },
  };
}

function gone(sha: string): GitHubProblem {
  return new GitHubProblem({
    code: "evidence/range-unknown",
    message: `GitHub does not have ${sha.slice(0, 7)} any more, by whose rules the change would be judged.`,
    remedy: "Look through it yourself.",
  });
}
