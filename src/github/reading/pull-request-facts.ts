import type { PullRequestFacts } from "../../signoff/snapshot.ts";
import { Inconsistent } from "../client/errors.ts";
import { account } from "./people/actor.ts";
import type { PullRequestData } from "./pull-request-data.ts";

export function pullRequestFacts({ pullRequest, governed }: PullRequestData): PullRequestFacts {
  if (governed?.target == null) throw new Inconsistent("the governing branch");
  const requested = (pullRequest.reviewRequests?.nodes ?? []).flatMap((node) => node.requestedReviewer ?? []);
  return {
    number: pullRequest.number,
    title: pullRequest.title,
    body: pullRequest.body,
    author: account(pullRequest.author),
    ...(pullRequest.lastEditedAt !== null && { editedBy: account(pullRequest.editor) }),
    writtenAt: pullRequest.lastEditedAt ?? pullRequest.createdAt,
    state: pullRequest.state === "OPEN" ? "open" : "closed",
    draft: pullRequest.isDraft,
    mergesByItself: pullRequest.isInMergeQueue || pullRequest.autoMergeRequest !== null,
    fork: pullRequest.isCrossRepository,
    head: { sha: pullRequest.headRefOid, ref: pullRequest.headRefName },
    base: { sha: pullRequest.baseRefOid, ref: pullRequest.baseRefName },
    governedBy: { sha: governed.target.oid, ref: governed.name },
    labels: (pullRequest.labels?.nodes ?? []).map(({ name }) => name),
    requestedReviewers: {
      users: requested.flatMap((one) => account(one)?.login ?? []),
      teams: requested.flatMap(({ slug }) => slug ?? []),
    },
  };
}
