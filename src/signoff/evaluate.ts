import { DEFAULTS } from "../policy/defaults.ts";
import { detectorOf } from "../policy/detector-of.ts";
import type { Policy } from "../policy/policy.ts";
import type { Problem } from "../policy/problem.ts";
import { resolvePolicy } from "../policy/resolve.ts";
import { CATALOGUE } from "../provenance/catalogue/catalogue.ts";
import type { Detector } from "../provenance/detector.ts";
import { conclude } from "./conclusion.ts";
import { mendingPolicy } from "./config-fix.ts";
import { NOBODY_ASKED, whomToAsk } from "./effects/ask.ts";
import { LABELS_AS_THEY_ARE, labelsFor } from "./effects/labels.ts";
import { NOT_JUDGED } from "./failed.ts";
import { proposedProblems } from "./proposed-config.ts";
import { contentOf, coverageOf, newRecords } from "./requirements/coverage.ts";
import { hazardKey, raiseHazards } from "./requirements/hazards.ts";
import { findHolders } from "./requirements/path-owners.ts";
import { type Change, type Demands, findDemands, REVIEW } from "./requirements/requirements.ts";
import type { Panel } from "./signatures/evaluation-context.ts";
import { uncounted } from "./signatures/ignored-reviews.ts";
import { judgeHazards } from "./signatures/judge-hazards.ts";
import { stances } from "./signatures/latest-reviews.ts";
import { needsOf, outcomeOf } from "./signatures/outcome.ts";
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
  const mending = mendingPolicy(snapshot);
  return mending === null
    ? withoutPolicy(snapshot, problems)
    : evaluate(snapshot, mending.policy, mending.problems);
}

/** Pure and total: the same snapshot and policy give the same verdict, and none makes it throw. */
export function evaluate(snapshot: Snapshot, policy: Policy, warnings: readonly Problem[] = []): Verdict {
  const { undeclared, signals } = policy.detect;
  const detector = detectorOf(policy.detect);
  const provenance = authorship(snapshot, detector, undeclared);
  const { writer, tools } = provenance;
  const suggestions = writer === "ai" ? "contributor" : policy.review.suggestions;
  const panel = seat(snapshot, { detector, signals, suggestions });
  const holders = findHolders(snapshot.codeowners, policy.unowned);
  const change: Change = { files: snapshot.files, policy, holders, ai: writer === "ai", tools };
  const demands = findDemands(change);
  const raised = raiseHazards(snapshot, policy.hazards, change.ai);
  const { hazards, unheard, outcomes } = judgeHazards({ raised, areas: demands.required }, change, panel);
  const courtesy = stillAsked(demands.courtesy, outcomes);
  const { requirements, open } = settle(outcomes, courtesy, panel);
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
    courtesy: courtesy.map(({ requirement }) => requirement.from),
    discounted: uncounted(requirements, panel),
    problems,
    contributors: panel.contributors.all,
    hazards,
    unheardAnswers: unheard,
    areas: demands.areas,
    labels: LABELS_AS_THEY_ARE,
    comment: policy.comment,
    reviewRequests: NOBODY_ASKED,
    toRecord: memory(panel, { provenance, hazards }),
  };
  return conclusion.conclusion === "failure" ? verdict : withEffects(verdict, { policy, panel, open });
}

interface Seating {
  readonly detector: Detector;
  readonly signals: Policy["detect"]["signals"];
  readonly suggestions: Policy["review"]["suggestions"];
}

function seat(snapshot: Snapshot, { detector, signals, suggestions }: Seating): Panel {
  const people = knownPeople(snapshot, detector, [...CATALOGUE, ...signals]);
  const isPerson = (identity: GitIdentity) => detector.identity(identity) === "person";
  const contributors = findContributors(snapshot, { people, isPerson, suggestions });
  const content = contentOf(snapshot.files);
  return {
    snapshot,
    machines: detector,
    contributors,
    signers: findSigners(snapshot, people, contributors),
    stances: stances(snapshot.reviews),
    content,
    coverage: coverageOf(snapshot, content),
  };
}

/** Nobody is asked to look at what has to be signed anyway. */
function stillAsked(courtesy: Demands["courtesy"], outcomes: readonly RequirementOutcome[]) {
  const signed = new Set(outcomes.flatMap(({ requirement }) => requirement.from.paths));
  return courtesy.filter(({ requirement }) => !requirement.from.paths.every((path) => signed.has(path)));
}

/** Who is asked but not required may still say no: then it is required. */
function settle(outcomes: readonly RequirementOutcome[], courtesy: Demands["courtesy"], panel: Panel) {
  const asked = courtesy.map((demand) => outcomeOf(demand, panel));
  const requirements = [...outcomes, ...asked.filter(({ status }) => status === "refused")];
  return { requirements, open: [...outcomes, ...asked].filter(({ status }) => status === "waiting") };
}

interface Stage {
  readonly policy: Policy;
  readonly panel: Panel;
  readonly open: readonly RequirementOutcome[];
}

/** What changes on the pull request: labels, and review requests unless nobody needs to act on it now. */
function withEffects(verdict: Verdict, { policy, panel, open }: Stage): Verdict {
  const { requirements, provenance } = verdict;
  const { draft, state, requestedReviewers } = panel.snapshot.pullRequest;
  const enforcing = policy.mode === "enforce";
  const needs = open.flatMap((outcome) => needsOf(outcome, panel));
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
        : whomToAsk(needs, requestedReviewers, panel.signers),
  };
}

interface Known {
  readonly provenance: PullRequestProvenance;
  /** `undefined` where no policy says that they were looked for. */
  readonly hazards?: readonly JudgedHazard[];
}

function memory(
  { snapshot, content, contributors }: Panel,
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
  const panel = seat(snapshot, { detector, signals: [], suggestions: "contributor" });
  return {
    ...NOT_JUDGED,
    provenance,
    contributors: panel.contributors.all,
    problems: [...problems, ...proposedProblems(snapshot.policySources.proposed)],
    toRecord: memory(panel, { provenance }),
  };
}
