import type { IgnoredReview, RequirementOutcome, Verdict } from "../verdict.ts";

/** Which reviews that do not count were meant for which requirement; each of the others once. */
export interface MeantFor {
  readonly of: (outcome: RequirementOutcome) => readonly IgnoredReview[];
  /** They can be assigned to none. */
  readonly others: readonly IgnoredReview[];
}

/**
 * A review was meant for the requirement if its author has a say there. The others were meant for the only requirement
 * that is still open, or the only one that there is; those by owners come first.
 */
export function meantFor({
  requirements,
  ignoredReviews,
}: Pick<Verdict, "requirements" | "ignoredReviews">): MeantFor {
  const open = requirements.filter(({ status }) => status !== "signed");
  const only = onlyOne(open) ?? onlyOne(requirements);
  const isMeant = (review: IgnoredReview, outcome: RequirementOutcome) =>
    outcome === only || mayCount(review, outcome);
  const rest = ignoredReviews.filter(
    (review) => !requirements.some((outcome) => outcome.ignoredReviews.some(isThe(review))),
  );
  return {
    of: (outcome) => [...outcome.ignoredReviews, ...rest.filter((review) => isMeant(review, outcome))],
    others: rest.filter((review) => !requirements.some((outcome) => isMeant(review, outcome))),
  };
}

function onlyOne<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function isThe({ reviewId }: IgnoredReview): (other: IgnoredReview) => boolean {
  return (other) => other.reviewId === reviewId;
}

/** A comment by somebody who could have approved. */
function mayCount({ by }: IgnoredReview, { canSign }: RequirementOutcome): boolean {
  return by !== null && canSign.some(({ id, login }) => (id === null ? login === by.login : id === by.id));
}
