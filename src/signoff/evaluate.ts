import { createPolicyDetector } from "../policy/detector.ts";
import { DEFAULT_POLICY } from "../policy/merge.ts";
import type { Policy } from "../policy/policy.ts";
import type { Problem } from "../policy/problem.ts";
import { type ResolvedPolicy, resolvePolicy } from "../policy/resolve.ts";
import { withAuthority } from "./authority/authority.ts";
import type { Touched } from "./authority/freeze.ts";
import { changingAt } from "./changes-at.ts";
import { conclude } from "./conclusion.ts";
import { configFixPolicy } from "./config-fix.ts";
import { refusedIfAsked } from "./early-refusals.ts";
import { NOBODY_ASKED } from "./effects/ask.ts";
import { LABELS_AS_THEY_ARE } from "./effects/labels.ts";
import { NOT_JUDGED } from "./failed.ts";
import { decisionKey } from "./passkey/decision.ts";
import { proposedProblems } from "./proposed-config.ts";
import { raiseHazards } from "./requirements/hazards.ts";
import { createOwnersLookup } from "./requirements/path-owners.ts";
import { groupByArea, type PathsByArea } from "./requirements/paths-by-area.ts";
import {
  type Change,
  findRequirements,
  REVIEW,
  type ScopedRequirements,
} from "./requirements/requirements.ts";
import { createContext, type EvaluationContext } from "./signatures/evaluation-context.ts";
import { findIgnoredReviews } from "./signatures/ignored-reviews.ts";
import { judgeHazards } from "./signatures/judge-hazards.ts";
import { judgeLifts, withoutMarks } from "./signatures/lifted-marks.ts";
import { outcomeOf } from "./signatures/outcome.ts";
import type { Snapshot } from "./snapshot.ts";
import { type Oversize, sizeOf } from "./time/size.ts";
import { timeOf } from "./timed.ts";
import { toRecord } from "./to-record.ts";
import type { PullRequestProvenance, RequirementOutcome, Verdict } from "./verdict.ts";
import { withEffects } from "./with-effects.ts";
import { withTime } from "./with-time.ts";
import { attestationProblems } from "./writers/attested.ts";
import { authorship } from "./writers/authorship.ts";
import { isOfOutsider } from "./writers/commit-records.ts";
import { contradictions } from "./writers/contradictions.ts";
import { droppedProblems } from "./writers/dropped.ts";
import { newListedAccounts } from "./writers/listed-accounts.ts";
import { knownPushers } from "./writers/pushers.ts";

/**
 * Judges a pull request by the policy that its snapshot carries, which the caller may have resolved. A policy that cannot
 * be read lets nothing pass.
 */
export function judge(
  snapshot: Snapshot,
  { policy, problems }: ResolvedPolicy = resolvePolicy(snapshot.policySources),
): Verdict {
  if (policy !== null) return evaluate(snapshot, policy, problems);
  const configFix = configFixPolicy(snapshot);
  return configFix === null
    ? withoutPolicy(snapshot, problems)
    : evaluate(snapshot, configFix.policy, configFix.problems);
}

/** Pure and total: the same snapshot and policy give the same verdict, and none makes it throw. */
export function evaluate(snapshot: Snapshot, policy: Policy, warnings: readonly Problem[] = []): Verdict {
  const marked = evaluateMarks(snapshot, policy, warnings);
  const { lifted, rejected } = judgeLifts(marked.verdict, marked.context);
  const { verdict, context, touched } =
    lifted.length === 0 ? marked : evaluateMarks(withoutMarks(snapshot, lifted), policy, warnings);
  const contexts = [marked.context, context] as const;
  const judged = withAuthority(withLifts(verdict, lifted, rejected), { contexts, policy, touched });
  return withAwaited(judged, contexts);
}

/** What counts as soon as it is signed. */
function withAwaited(verdict: Verdict, contexts: readonly EvaluationContext[]): Verdict {
  const all = contexts.flatMap(({ passkeys }) => passkeys.awaited);
  if (all.length === 0) return verdict;
  const each = new Map(all.map((one) => [`${one.by.id} ${decisionKey(one.decision)}`, one]));
  const { signAt = null } = contexts[0]?.snapshot.passkeys ?? {};
  const awaiting = { ...verdict, passkeys: { signAt, awaited: [...each.values()] } };
  // What passes waits for no key to come of age.
  const waits = [verdict.conclusion, verdict.wouldBe].includes("action_required");
  return waits
    ? changingAt(
        awaiting,
        contexts.flatMap(({ passkeys }) => passkeys.changesAt),
      )
    : awaiting;
}

function withLifts(
  verdict: Verdict,
  lifted: NonNullable<Verdict["liftedMarks"]>,
  rejected: Verdict["rejectedFalseAlarms"],
): Verdict {
  if (lifted.length + rejected.length === 0) return verdict;
  return {
    ...verdict,
    ...(lifted.length > 0 && { liftedMarks: lifted }),
    rejectedFalseAlarms: [...verdict.rejectedFalseAlarms, ...rejected],
  };
}

interface Evaluated {
  readonly verdict: Verdict;
  readonly context: EvaluationContext;
  readonly touched: Touched;
}

/** By all marks that the snapshot holds. */
function evaluateMarks(snapshot: Snapshot, policy: Policy, warnings: readonly Problem[]): Evaluated {
  const { undeclared, signals } = policy.detect;
  const detector = createPolicyDetector(policy.detect, { known: snapshot.recorded.accounts });
  const provenance = authorship(snapshot, detector, undeclared);
  const { writer } = provenance;
  const suggestions = writer === "ai" || policy.review.suggestions === "contributor";
  const ground = groupByArea(snapshot, policy.areas);
  const context = createContext(snapshot, { detector, signals, suggestions, ground, policy });
  const change = changeIn(snapshot, { policy, provenance, ground });
  const scopedRequirements = findRequirements(change);
  const oversize = oversizeOf(scopedRequirements, change, context);
  const { hazards, rejectedFalseAlarms, outcomes } = judgeHazards(
    { raised: change.raised, areas: withExtra(scopedRequirements, oversize) },
    change,
    context,
  );
  const optionalReviews = stillAsked(scopedRequirements.optionalReviews, outcomes);
  const { requirements, open } = withRefusals(outcomes, optionalReviews, context);
  const refused = change.ai ? [] : refusedIfAsked(context, change);
  const recording = toRecord(context, { provenance, hazards, requirements: [...requirements, ...refused] });
  const problems = [
    ...contradictions(snapshot, provenance),
    ...proposedProblems(snapshot),
    ...attestationProblems(snapshot),
    ...droppedProblems(snapshot, recording),
    ...warnings,
  ];
  const conclusion = conclude(policy.mode, { problems, requirements, writer });
  const timed = timeOf({ policy, context, ai: change.ai, hazards, requirements, oversize });
  const verdict: Verdict = {
    ...conclusion,
    ...(isOfOutsider(snapshot, { pushers: knownPushers(snapshot), following: recording.commits }) && {
      ofOutsider: true,
    }),
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
    toRecord: { ...recording, accounts: newListedAccounts(snapshot, policy), signals, ...clocksOf(context) },
  };
  const asked =
    conclusion.conclusion === "failure" ? verdict : withEffects(verdict, { policy, context, open, timed });
  return {
    verdict: withTime(asked, { timed, policy, context }),
    context,
    touched: { snapshot, policy, ground, ai: change.ai },
  };
}

/** A change of an AI that is larger than people can read; `null` for any other. */
function oversizeOf(
  { required }: ScopedRequirements,
  { ai, policy }: Change,
  { timing }: EvaluationContext,
): Oversize | null {
  if (!ai) return null;
  const requirements = required
    .map(({ requirement }) => requirement)
    .filter(({ area, mode }) => area !== REVIEW && mode === "enforce");
  return sizeOf({ requirements, lines: timing.lines }, policy.time);
}

function withExtra(
  { required }: ScopedRequirements,
  oversize: Oversize | null,
): ScopedRequirements["required"] {
  if (oversize?.need !== "extra") return required;
  return required.map((scoped) =>
    oversize.ids.has(scoped.requirement.id) ? { ...scoped, extra: true } : scoped,
  );
}

function clocksOf({ snapshot, timing }: EvaluationContext): Pick<Verdict["toRecord"], "clocks"> {
  const clocks = timing.clocks.records();
  return clocks.length === 0 && snapshot.recorded.clocks === undefined ? {} : { clocks };
}

interface ByPolicy {
  readonly policy: Policy;
  readonly provenance: PullRequestProvenance;
  readonly ground: PathsByArea;
}

function changeIn(snapshot: Snapshot, { policy, provenance, ground }: ByPolicy): Change {
  const { tools, writer } = provenance;
  const ai = writer === "ai";
  const raised = raiseHazards(snapshot, policy.hazards, ai);
  const ownersLookup = createOwnersLookup(snapshot.codeowners, policy.unowned);
  return { ...snapshot, ground, raised, policy, ownersLookup, ai, tools };
}

/** Nobody is asked to look at what has to be signed anyway. */
function stillAsked(
  optionalReviews: ScopedRequirements["optionalReviews"],
  outcomes: readonly RequirementOutcome[],
) {
  const enforced = outcomes.filter(({ requirement }) => requirement.mode === "enforce");
  const signed = new Set(enforced.flatMap(({ requirement }) => requirement.from.paths));
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

/** What does not hang on the policy is worked out nevertheless: it may be gone by the time the policy is mended. */
function withoutPolicy(snapshot: Snapshot, problems: readonly Problem[]): Verdict {
  const policy = DEFAULT_POLICY;
  const detector = createPolicyDetector(policy.detect);
  const provenance = authorship(snapshot, detector, "human");
  const ground = groupByArea(snapshot, policy.areas);
  const context = createContext(snapshot, {
    detector,
    signals: [],
    suggestions: true,
    ground,
    policy,
  });
  const refused = refusedIfAsked(context, changeIn(snapshot, { policy, provenance, ground }));
  return {
    ...NOT_JUDGED,
    provenance,
    contributors: context.contributors.all,
    problems: [...problems, ...proposedProblems(snapshot)],
    toRecord: toRecord(context, { provenance, requirements: refused }),
  };
}
