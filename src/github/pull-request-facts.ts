import type { PullRequestFacts } from "../signoff/snapshot.ts";
import { account } from "./actor.ts";
import { Inconsistent } from "./errors.ts";
import type { Evaluation } from "./evaluation.ts";
import type { PullFacts } from "./pull.ts";

export function pullRequestFacts({ pullRequest, repository }: Evaluation, pull: PullFacts): PullRequestFacts {
  const { governed } = repository;
  if (governed?.target == null) throw new Inconsistent("the governing branch");
  const requested = (pullRequest.reviewRequests?.nodes ?? []).flatMap((node) => node.requestedReviewer ?? []);
  return {
    number: pullRequest.number,
    title: pullRequest.title,
    body: pullRequest.body,
    author: account(pullRequest.author),
    state: pullRequest.state === "OPEN" ? "open" : "closed",
    draft: pullRequest.isDraft,
    fork: pullRequest.isCrossRepository,
    head: { sha: pull.headSha, ref: pullRequest.headRefName },
    base: { sha: pullRequest.baseRefOid, ref: pullRequest.baseRefName },
    governedBy: { sha: governed.target.oid, ref: governed.name },
    labels: (pullRequest.labels?.nodes ?? []).map(({ name }) => name),
    requestedReviewers: {
      users: requested.flatMap((one) => account(one)?.login ?? []),
      teams: requested.flatMap(({ slug }) => slug ?? []),
    },
  };
}

/** Where GraphQL contradicts what REST said, for people; empty when they agree. */
export function contradictions({ pullRequest }: Evaluation, pull: PullFacts) {
  return {
    /** These name what was judged: they must agree. */
    decisive: [
      ...(pullRequest.headRefOid === pull.headSha ? [] : ["the head commit"]),
      ...(pullRequest.baseRefName === pull.baseRef ? [] : ["the base branch"]),
      ...(pullRequest.changedFiles === pull.changedFiles ? [] : ["the number of changed files"]),
    ],
    /** GitHub lets the base's commit go stale, so a lasting difference in it alone proves nothing. */
    baseMoved: pullRequest.baseRefOid !== pull.baseSha,
  };
}
