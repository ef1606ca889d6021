import type { PullRequestData } from "../pull-request-data.ts";
import type { MergedPull } from "./merged-pulls.ts";
import type { RulesOfThen } from "./rules-of-then.ts";

/** The same answer with the rules of then in the places of today's: those of the base that it was merged into. */
export function withRulesOfThen(
  data: PullRequestData,
  { base }: MergedPull,
  { oid, config, ...codeowners }: RulesOfThen,
): PullRequestData {
  const { defaultBranchRef } = data.repository;
  return {
    ...data,
    pullRequest: { ...data.pullRequest, baseRefOid: base.sha },
    repository: {
      ...data.repository,
      defaultBranchRef: { name: defaultBranchRef?.name ?? "", target: { oid, config } },
    },
    governed: { name: base.ref, prefix: "refs/heads/", target: { oid, ...codeowners } },
  };
}
