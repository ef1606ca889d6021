import { DEFAULTS } from "../policy/defaults.ts";
import { detectorOf } from "../policy/detector-of.ts";
import type { Policy } from "../policy/policy.ts";
import type { Problem } from "../policy/problem.ts";
import { resolvePolicy } from "../policy/resolve.ts";
import { CATALOGUE } from "../provenance/catalogue.ts";
import type { Detector } from "../provenance/detector.ts";
import { conclude } from "./conclusion.ts";
import { configFixPolicy } from "./config-fix.ts";
import { NOBODY_ASKED, whomToAsk } from "./effects/ask.ts";
import { LABELS_AS_THEY_ARE, labelsFor } from "./effects/labels.ts";
import { NOT_JUDGED } from "./failed.ts";
import { proposedProblems } from "./proposed-config.ts";
import { contentOf, coverageOf, newRecords } from "./requirements/coverage.ts";
import { hazardKey, raiseHazards } from "./requirements/hazards.ts";
import { createOwnersLookup } from "./requirements/path-owners.ts";
import {
  type Change,
  findRequirements,
  REVIEW,
  type ScopedRequirements,
} from "./requirements/requirements.ts";
import type { EvaluationContext } from "./signatures/evaluation-context.ts";
import { findIgnoredReviews } from "./signatures/ignored-reviews.ts";
import { judgeHazards } from "./signatures/judge-hazards.ts";
import { latestReviews } from "./signatures/latest-reviews.ts";
import { missingSignatures, outcomeOf } from "./signatures/outcome.ts";
import { findSigners } from "./signatures/signers.ts";
import type { GitIdentity, Snapshot } from "./snapshot.ts";
import type { JudgedHazard, PullRequestProvenance, RequirementOutcome, Verdict } from "./verdict.ts";
import { attestationProblems } from "./writers/attested.ts";
import { authorship, newEvidence } from "./writers/authorship.ts";
import { contradictions } from "./writers/contradictions.ts";
import { findContributors, participantsSeen } from "./writers/contributors.ts";
import { knownPeople } from "./writers/people.ts";

/** Judges a pull request by the policy that its snapshot carries. A policy that cannot be read lets nothing pass. */
export function judge(snapshot: Snapshot): Verdict {
  const { policy, problems } = resolvePolicy(snapshot.policySources);
  if (policy !== null) return evaluate(snapshot, policy, problems);
  const configFix = configFixPolicy(snapshot);
  return configFix === null
    ? withoutPolicy(snapshot, problems)
    : evaluate(snapshot, configFix.policy, configFix.problems);
}

/** Pure and total: the same snapshot and policy give the same verdict, and none makes it throw. */
export function evaluate(snapshot: Snapshot, policy: Policy, warnings: readonly Problem[] = []): Verdict {
  const { undeclared, signals } = policy.detect;
  const detector = detectorOf(policy.detect);
  const provenance = authorship(snapshot, detector, undeclared);
  const { writer, tools } = provenance;
  const suggestions = writer === "ai" ? "contributor" : policy.review.suggestions;
  const context = createContext(snapshot, { detector, signals, suggestions });
  const holders = createOwnersLookup(snapshot.codeowners, policy.unowned);
  const change: Change = { files: snapshot.files, policy, ownersLookup: holders, ai: writer === "ai", tools };
  const scopedRequirements = findRequirements(change);
  const raised = raiseHazards(snapshot, policy.hazards, change.ai);
  const { hazards, rejectedFalseAlarms, outcomes } = judgeHazards(
    { raised, areas: scopedRequirements.required },
    change,
    context,
  );
  const optionalReviews = stillAsked(scopedRequirements.optionalReviews, outcomes);
  const { requirements, open } = withRefusals(outcomes, optionalReviews, context);
  const problems = [
    ...contradictions(snapshot, provenance),
    ...proposedProblems(snapshot.policySources.proposed),
    ...attestationProblems(snapshot),
    ...warnings,
  ];
  const conclusion = conclude(policy.mode, { problems, requirements, writer });
  const verdict: Verdict = {
    ...conclusion,
    provenance,
    requirements,
    optionalReviews: optionalReviews.map(({ requirement }) => requirement.from),
    ignoredReviews: findIgnoredReviews(requirements, context),
    problems,
    contributors: context.contributors.all,
    hazards,
    rejectedFalseAlarms: rejectedFalseAlarms,
    areas: scopedRequirements.areas,
    labels: LABELS_AS_THEY_ARE,
    comment: policy.comment,
    reviewRequests: NOBODY_ASKED,
    toRecord: memory(context, { provenance, hazards }),
  };
  return conclusion.conclusion === "failure" ? verdict : withEffects(verdict, { policy, context, open });
}

interface ContextOptions {
  readonly detector: Detector;
  readonly signals: Policy["detect"]["signals"];
  readonly suggestions: Policy["review"]["suggestions"];
}

function createContext(
  snapshot: Snapshot,
  { detector, signals, suggestions }: ContextOptions,
): EvaluationContext {
  const people = knownPeople(snapshot, detector, [...CATALOGUE, ...signals]);
  const isPerson = (identity: GitIdentity) => detector.identity(identity) === "person";
  const contributors = findContributors(snapshot, { people, isPerson, suggestions });
  const content = contentOf(snapshot.files);
  return {
    snapshot,
    machines: detector,
    contributors,
    signers: findSigners(snapshot, people, contributors),
    latestReviews: latestReviews(snapshot.reviews),
    content,
    coverage: coverageOf(snapshot, content),
  };
}

/** Nobody is asked to look at what has to be signed anyway. */
function stillAsked(
  optionalReviews: ScopedRequirements["optionalReviews"],
  outcomes: readonly RequirementOutcome[],
) {
  const signed = new Set(outcomes.flatMap(({ requirement }) => requirement.from.paths));
  return optionalReviews.filter(
    ({ requirement }) => !requirement.from.paths.every((path) => signed.has(path)),
  );
}

/** Who is asked but not required may still say no: then it is required. */
function withRefusals(
  outcomes: readonly RequirementOutcome[],
  optionalReviews: ScopedRequirements["optionalReviews"],
  context: EvaluationContext,
) {
  const asked = optionalReviews.map((scoped) => outcomeOf(scoped, context));
  const requirements = [...outcomes, ...asked.filter(({ status }) => status === "refused")];
  return { requirements, open: [...outcomes, ...asked].filter(({ status }) => status === "waiting") };
}

interface Stage {
  readonly policy: Policy;
  readonly context: EvaluationContext;
  readonly open: readonly RequirementOutcome[];
}

/** What changes on the pull request: labels, and review requests unless nobody needs to act on it now. */
function withEffects(verdict: Verdict, { policy, context, open }: Stage): Verdict {
  const { requirements, provenance } = verdict;
  const { draft, state, requestedReviewers } = context.snapshot.pullRequest;
  const enforcing = policy.mode === "enforce";
  const needs = open.flatMap((outcome) => missingSignatures(outcome, context));
  return {
    ...verdict,
    labels: labelsFor(policy.labels, {
      ai: provenance.writer === "ai",
      production: requirements.some(({ requirement }) => requirement.area !== REVIEW),
      waiting: enforcing && requirements.some(({ status }) => status !== "signed"),
    }),
    reviewRequests:
      draft || state === "closed" || !enforcing
        ? NOBODY_ASKED
        : whomToAsk(needs, requestedReviewers, context.signers),
  };
}

interface Known {
  readonly provenance: PullRequestProvenance;
  /** `undefined` where no policy says that they were looked for. */
  readonly hazards?: readonly JudgedHazard[];
}

function memory(
  { snapshot, content, contributors }: EvaluationContext,
  { provenance, hazards }: Known,
): Verdict["toRecord"] {
  return {
    approvals: newRecords(snapshot, content, hazards?.map(hazardKey)),
    evidence: newEvidence(provenance, snapshot.recorded.evidence),
    participants: participantsSeen(snapshot, contributors),
  };
}

/** What does not hang on the policy is worked out nevertheless: it may be gone by the time the policy is mended. */
function withoutPolicy(snapshot: Snapshot, problems: readonly Problem[]): Verdict {
  const detector = detectorOf(DEFAULTS.detect);
  const provenance = authorship(snapshot, detector, "human");
  const context = createContext(snapshot, { detector, signals: [], suggestions: "contributor" });
  return {
    ...NOT_JUDGED,
    provenance,
    contributors: context.contributors.all,
    problems: [...problems, ...proposedProblems(snapshot.policySources.proposed)],
    toRecord: memory(context, { provenance }),
  };
}
