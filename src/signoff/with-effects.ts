import type { Policy } from "../policy/policy.ts";
import { blocks } from "./blocks.ts";
import { NOBODY_ASKED, whomToAsk } from "./effects/ask.ts";
import { labelsFor } from "./effects/labels.ts";
import { REVIEW } from "./requirements/requirements.ts";
import type { EvaluationContext } from "./signatures/evaluation-context.ts";
import { missingSignatures } from "./signatures/outcome.ts";
import type { RequirementOutcome, Verdict } from "./verdict.ts";

interface Stage {
  readonly policy: Policy;
  readonly context: EvaluationContext;
  readonly open: readonly RequirementOutcome[];
}

/** What changes on the pull request: labels, and review requests unless nobody needs to act on it now. */
export function withEffects(verdict: Verdict, { policy, context, open }: Stage): Verdict {
  const { requirements, provenance } = verdict;
  const { draft, state, requestedReviewers } = context.snapshot.pullRequest;
  const enforcing = policy.mode === "enforce";
  const asked = open.filter(({ requirement }) => requirement.mode === "enforce");
  const needs = asked.flatMap((outcome) => missingSignatures(outcome, context));
  return {
    ...verdict,
    labels: labelsFor(policy.labels, {
      ai: provenance.writer === "ai",
      production: requirements.some(({ requirement }) => requirement.area !== REVIEW),
      waiting: enforcing && requirements.some(blocks),
    }),
    reviewRequests:
      draft || state === "closed" || !enforcing
        ? NOBODY_ASKED
        : whomToAsk(needs, requestedReviewers, context.signers),
  };
}
