import type { Account } from "../snapshot.ts";
import type { IgnoredReview, RequirementOutcome } from "../verdict.ts";
import {
  accessReason,
  commentSentence,
  dismissedReason,
  machineReason,
  NOBODYS_REVIEW,
  NOT_AN_OWNER,
  type Reason,
  refusalSentence,
} from "../wording/sentences.ts";
import { ignored, ineligibility } from "./countersignatures.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { isRefusal, type LatestReview, soundsLikeApproval } from "./latest-reviews.ts";

/** Approvals and refusals that count for no requirement, each with the reason; nothing where nothing is required. */
export function findIgnoredReviews(
  requirements: readonly RequirementOutcome[],
  context: EvaluationContext,
): readonly IgnoredReview[] {
  if (requirements.length === 0) return [];
  const counted = new Set(
    requirements.flatMap(({ countersignatures, refusals }) =>
      [...countersignatures, ...refusals].map(({ by }) => by.id),
    ),
  );
  const explained = new Map(
    requirements
      .flatMap(({ ignoredReviews }) => ignoredReviews)
      .map((review) => [review.by?.id, review] as const),
  );
  const people = context.latestReviews.filter(({ by }) => !counted.has(by.id));
  return [
    ...people.flatMap(
      (latestReview) => explained.get(latestReview.by.id) ?? ignoredReviewOf(latestReview, context) ?? [],
    ),
    ...reviewsByDeletedAccounts(context),
    ...approvingComments(context),
  ];
}

/** The stance of somebody who owns nothing that has to be signed. */
function ignoredReviewOf({ by, latest }: LatestReview, context: EvaluationContext): IgnoredReview | null {
  if (isRefusal(latest)) {
    if (latest.state === "dismissed") return null;
    const reason = ignoredRefusalReason(by, context);
    return { ...ignored(by, latest, reason), sentence: refusalSentence(by, reason) };
  }
  if (latest.state === "dismissed") return ignored(by, latest, dismissedReason(latest));
  return ignored(by, latest, ineligibility(by, context) ?? NOT_AN_OWNER);
}

/** Why somebody's "no" holds nothing up; having taken part is no reason. */
function ignoredRefusalReason(by: Account, { machines, signers, snapshot }: EvaluationContext): Reason {
  const machine = machines.machine(by);
  if (machine !== null) return machineReason(machine.kind);
  return signers.mayWrite(by) === "no" ? accessReason(snapshot.authority.permissions[by.id]) : NOT_AN_OWNER;
}

function reviewsByDeletedAccounts({ snapshot }: EvaluationContext): readonly IgnoredReview[] {
  return snapshot.reviews
    .filter(({ reviewer, state }) => reviewer === null && state === "approved")
    .map(({ id, submittedAt }) => {
      return { reviewId: id, by: null, at: submittedAt, code: "unknown-account", sentence: NOBODYS_REVIEW };
    });
}

function approvingComments({
  snapshot,
  latestReviews,
  machines,
}: EvaluationContext): readonly IgnoredReview[] {
  const opinionated = new Set(latestReviews.map(({ by }) => by.id));
  return snapshot.reviews.flatMap((review) => {
    const { id, reviewer, submittedAt } = review;
    if (reviewer === null || opinionated.has(reviewer.id) || !soundsLikeApproval(review)) return [];
    if (machines.machine(reviewer) !== null) return [];
    const sentence = commentSentence(reviewer);
    return [{ reviewId: id, by: reviewer, at: submittedAt, code: "comment", sentence }];
  });
}
