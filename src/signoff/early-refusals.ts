import { type Change, findRequirements } from "./requirements/requirements.ts";
import type { EvaluationContext } from "./signatures/evaluation-context.ts";
import { isRefusal } from "./signatures/latest-reviews.ts";
import { outcomeOf } from "./signatures/outcome.ts";
import type { RequirementOutcome } from "./verdict.ts";

/**
 * What owners would refuse if an AI took part. A "no" is given by right whether or not anything is required yet, and that
 * right may be gone by the time an agent pushes, or the config is mended.
 */
export function refusedIfAsked(context: EvaluationContext, change: Change): readonly RequirementOutcome[] {
  const { signers, latestReviews } = context;
  // Only such a refusal is recorded, and nobody else is worth the time.
  if (!latestReviews.some(({ by, latest }) => isRefusal(latest) && signers.mayWrite(by) === "yes")) return [];
  const { required, optionalReviews } = findRequirements({ ...change, ai: true });
  return [...required, ...optionalReviews].map((scoped) => outcomeOf(scoped, context));
}
