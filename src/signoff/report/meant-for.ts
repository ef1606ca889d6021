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
  const told = new Map(requirements.map((outcome) => [outcome, [...outcome.ignoredReviews]]));
  const others: IgnoredReview[] = [];
  const open = requirements.filter(({ status }) => status !== "signed");
  const only = onlyOne(open) ?? onlyOne(requirements);
  for (const review of ignoredReviews) {
    if (requirements.some((outcome) => outcome.ignoredReviews.some(isThe(review)))) continue;
    const wanted = requirements.filter((outcome) => outcome === only || mayCount(review, outcome));
    for (const outcome of wanted) told.get(outcome)?.push(review);
    if (wanted.length === 0) others.push(review);
  }
  return { of: (outcome) => told.get(outcome) ?? [], others };
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
