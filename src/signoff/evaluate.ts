import { createPolicyDetector } from "../policy/detector.ts";
import { DEFAULT_POLICY } from "../policy/merge.ts";
import type { Policy } from "../policy/policy.ts";
import type { Problem } from "../policy/problem.ts";
import { resolvePolicy } from "../policy/resolve.ts";
import type { PolicySource } from "../policy/source.ts";
import { CATALOGUE } from "../provenance/catalogue/catalogue.ts";
import type { Detector } from "../provenance/detector.ts";
import { conclude } from "./conclusion.ts";
import { configFixPolicy } from "./config-fix.ts";
import { NOBODY_ASKED, whomToAsk } from "./effects/ask.ts";
import { LABELS_AS_THEY_ARE, labelsFor } from "./effects/labels.ts";
import { NOT_JUDGED } from "./failed.ts";
import { proposedProblems } from "./proposed-config.ts";
import { coverageOf, newApprovalRecords } from "./requirements/coverage.ts";
import { fingerprints } from "./requirements/fingerprints.ts";
import { hazardKey, raiseHazards } from "./requirements/hazards.ts";
import { createOwnersLookup } from "./requirements/path-owners.ts";
import { groupByArea } from "./requirements/paths-by-area.ts";
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
import { newRefusalRecords } from "./signatures/refusals.ts";
import { findSigners } from "./signatures/signers.ts";
import type { GitIdentity, Snapshot } from "./snapshot.ts";
import type { JudgedHazard, PullRequestProvenance, RequirementOutcome, Verdict } from "./verdict.ts";
import { attestationProblems } from "./writers/attested.ts";
import { authorship, newEvidence } from "./writers/authorship.ts";
import { newCommitRecords } from "./writers/commit-records.ts";
import { contradictions } from "./writers/contradictions.ts";
import { findContributors, participantsSeen } from "./writers/contributors.ts";
import { newListedAccounts } from "./writers/listed-accounts.ts";
import { knownPeople } from "./writers/people.ts";
import { knownPushers } from "./writers/pushers.ts";

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
  const detector = createPolicyDetector(policy.detect, { known: snapshot.recorded.accounts });
  const provenance = authorship(snapshot, detector, undeclared);
  const { writer, tools } = provenance;
  const suggestions = writer === "ai" ? "contributor" : policy.review.suggestions;
  const context = createContext(snapshot, { detector, signals, suggestions, areas: policy.areas });
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
    ...proposedProblems(snapshot),
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
    toRecord: {
      ...toRecord(context, { provenance, hazards, requirements }),
      accounts: newListedAccounts(snapshot, policy),
    },
  };
  return conclusion.conclusion === "failure" ? verdict : withEffects(verdict, { policy, context, open });
}

interface ContextOptions {
  readonly detector: Detector;
  readonly signals: Policy["detect"]["signals"];
  readonly suggestions: Policy["review"]["suggestions"];
  readonly areas: Policy["areas"];
}

function createContext(
  snapshot: Snapshot,
  { detector, signals, suggestions, areas }: ContextOptions,
): EvaluationContext {
  const people = knownPeople(snapshot, detector, [...CATALOGUE, ...signals]);
  const isPerson = (identity: GitIdentity) => detector.identity(identity) === "person";
  const areasOf = areaNames(snapshot, areas);
  const contributors = findContributors(snapshot, { people, isPerson, suggestions, areasOf });
  const content = fingerprints(snapshot.files);
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

function areaNames({ files }: Snapshot, areas: Policy["areas"]): (path: string) => readonly string[] {
  const { index } = groupByArea(files, areas);
  return (path) => {
    const names = index.of(path).flatMap((place) => areas[place]?.name ?? []);
    return names.length === 0 ? [REVIEW] : names;
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

interface Found {
  readonly provenance: PullRequestProvenance;
  readonly requirements: readonly RequirementOutcome[];
  /** `undefined` where no policy says that they were looked for. */
  readonly hazards?: readonly JudgedHazard[];
}

function toRecord(context: EvaluationContext, found: Found): Verdict["toRecord"] {
  const { snapshot, content, contributors } = context;
  const participants = participantsSeen(snapshot, contributors);
  return {
    approvals: newApprovalRecords(snapshot, content, found.hazards?.map(hazardKey)),
    evidence: newEvidence(found.provenance, snapshot.recorded.evidence),
    participants,
    refusals: newRefusalRecords(found.requirements, context),
    commits: newCommitRecords(snapshot, {
      provenance: found.provenance,
      participants,
      pushers: knownPushers(snapshot),
    }),
    accounts: [],
    ...floorIn(snapshot.policySources.organization),
    contentDigest: snapshot.contentDigest ?? null,
  };
}

/** A floor that is there and cannot be read is there. */
function floorIn(source: PolicySource): Pick<Verdict["toRecord"], "floor"> {
  if (source.status === "absent") return source.certain ? { floor: "gone" } : {};
  return source.status === "unreadable" && source.code !== undefined ? {} : { floor: "seen" };
}

/** What does not hang on the policy is worked out nevertheless: it may be gone by the time the policy is mended. */
function withoutPolicy(snapshot: Snapshot, problems: readonly Problem[]): Verdict {
  const detector = createPolicyDetector(DEFAULT_POLICY.detect);
  const provenance = authorship(snapshot, detector, "human");
  const context = createContext(snapshot, {
    detector,
    signals: [],
    suggestions: "contributor",
    areas: DEFAULT_POLICY.areas,
  });
  return {
    ...NOT_JUDGED,
    provenance,
    contributors: context.contributors.all,
    problems: [...problems, ...proposedProblems(snapshot)],
    toRecord: toRecord(context, { provenance, requirements: [] }),
  };
}
