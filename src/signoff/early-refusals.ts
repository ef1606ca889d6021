import type { Policy } from "../policy/policy.ts";
import { raiseHazards } from "./requirements/hazards.ts";
import { createOwnersLookup } from "./requirements/path-owners.ts";
import type { PathsByArea } from "./requirements/paths-by-area.ts";
import { findRequirements } from "./requirements/requirements.ts";
import type { EvaluationContext } from "./signatures/evaluation-context.ts";
import { isRefusal } from "./signatures/latest-reviews.ts";
import { outcomeOf } from "./signatures/outcome.ts";
import type { RequirementOutcome } from "./verdict.ts";

interface ByPolicy {
  readonly policy: Policy;
  readonly ground: PathsByArea;
}

/**
 * What owners would refuse if an AI took part. A "no" is given by right whether or not anything is required yet, and that
 * right may be gone by the time an agent pushes, or the config is mended.
 */
export function refusedIfAsked(
  context: EvaluationContext,
  { policy, ground }: ByPolicy,
): readonly RequirementOutcome[] {
  const { snapshot, signers, latestReviews } = context;
  if (!latestReviews.some(({ by, latest }) => isRefusal(latest) && signers.mayWrite(by) === "yes")) return [];
  const { files, links = [], codeowners } = snapshot;
  const { required, optionalReviews } = findRequirements({
    ...{ files, links, ground, policy, ai: true, tools: [] },
    raised: raiseHazards(snapshot, policy.hazards, true),
    ownersLookup: createOwnersLookup(codeowners, policy.unowned),
  });
  return [...required, ...optionalReviews].map((scoped) => outcomeOf(scoped, context));
}
