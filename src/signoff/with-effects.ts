import type { Policy } from "../policy/policy.ts";
import { approvedUnsigned } from "./awaits-passkey.ts";
import { blocks } from "./blocks.ts";
import { NOBODY_ASKED, whomToAsk } from "./effects/ask.ts";
import { labelsFor } from "./effects/labels.ts";
import { REVIEW } from "./requirements/requirements.ts";
import type { EvaluationContext } from "./signatures/evaluation-context.ts";
import { missingSignatures } from "./signatures/outcome.ts";
import type { Timed } from "./timed.ts";
import type { RequirementOutcome, Verdict } from "./verdict.ts";

interface Stage {
  readonly policy: Policy;
  readonly context: EvaluationContext;
  readonly open: readonly RequirementOutcome[];
  readonly timed: Timed;
}

/** What changes on the pull request: labels, and review requests unless nobody needs to act on it now. */
export function withEffects(verdict: Verdict, { policy, context, open, timed }: Stage): Verdict {
  const { requirements, provenance } = verdict;
  const { draft, state, requestedReviewers } = context.snapshot.pullRequest;
  const enforcing = policy.mode === "enforce";
  // Nobody has to read what has to be split first.
  const isAsked = enforcing && !draft && state === "open" && timed.size?.need !== "split";
  const needs = open
    .filter((outcome) => outcome.requirement.mode === "enforce" && !isInLine(outcome, requirements, timed))
    // Who approved is not asked again: their passkey is all that is missing.
    .filter((outcome) => approvedUnsigned(outcome).length === 0)
    .flatMap((outcome) => missingSignatures(outcome, context));
  return {
    ...verdict,
    labels: labelsFor(policy.labels, {
      ai: provenance.writer === "ai",
      production: requirements.some(({ requirement }) => requirement.area !== REVIEW),
      waiting: enforcing && requirements.some(blocks),
    }),
    reviewRequests: isAsked
      ? whomToAsk(needs, requestedReviewers, { signers: context.signers, away: timed.away })
      : NOBODY_ASKED,
  };
}

/** Nobody is asked yet for an area in whose line the change stands, nor for a hazard that lies in such areas alone. */
function isInLine(
  { requirement: { area, from } }: RequirementOutcome,
  requirements: readonly RequirementOutcome[],
  { line }: Timed,
): boolean {
  if (line.inLine.length === 0) return false;
  const lines = new Set(line.inLine.map((each) => each.area));
  if (lines.has(area)) return true;
  const held = new Set(
    requirements
      .filter(({ requirement }) => lines.has(requirement.area))
      .flatMap(({ requirement }) => requirement.from.paths),
  );
  return area !== REVIEW && area.includes(" ") && from.paths.every((path) => held.has(path));
}
