import { countOf, withHazards } from "../requirements/hazard-requirements.ts";
import { hazardKey } from "../requirements/hazards.ts";
import type { Change, ScopedRequirement } from "../requirements/requirements.ts";
import type { Account } from "../snapshot.ts";
import type { FalseAlarm, JudgedHazard, RejectedFalseAlarm, RequirementOutcome } from "../verdict.ts";
import { NOT_AN_OWNER, signingPlace } from "../wording/sentences.ts";
import { quote } from "../wording/visible.ts";
import { joinAnd, mention, ownerNames } from "../wording/words.ts";
import { ineligibility, rightOver } from "./countersignatures.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { claimsIn, claimsToWeigh, type FalseAlarmClaim } from "./false-alarms.ts";
import { writerOfMark } from "./lifted-marks.ts";
import { outcomeOf } from "./outcome.ts";

interface Asked {
  readonly raised: readonly JudgedHazard[];
  /** What the areas need. */
  readonly areas: readonly ScopedRequirement[];
}

interface HazardFindings {
  readonly hazards: readonly JudgedHazard[];
  readonly rejectedFalseAlarms: readonly RejectedFalseAlarm[];
  /** Of all that is required, with what the hazards need. */
  readonly outcomes: readonly RequirementOutcome[];
}

/**
 * What becomes of the hazards. Whoever countersigns one may answer that it is a false alarm, and it takes as many
 * answers as signatures: what all of them need decides first whose answers hold, then what is left is asked for.
 */
export function judgeHazards(
  { raised, areas }: Asked,
  change: Change,
  context: EvaluationContext,
): HazardFindings {
  const settle = (hazards: readonly JudgedHazard[]) =>
    withHazards(areas, hazards, change).map((scoped) => ({ scoped, outcome: outcomeOf(scoped, context) }));
  const settled = settle(raised);
  const { snapshot, signers } = context;
  const claims = claimsToWeigh(snapshot.reviews, (by) => signers.mayWrite(by) === "yes").filter(
    (claim) => writerOfMark(claim) === null,
  );
  const judged = raised.map((hazard) => {
    const answers = answersTo(hazard, claims, { settled, change, context });
    return { hazard, answers, after: withAnswers(hazard, answers) };
  });
  const answers = judged.map((each) => each.answers);
  const hazards = judged.map(({ after }) => after);
  const isAnswered = judged.some(({ hazard, after }) => after !== hazard);
  return {
    hazards,
    rejectedFalseAlarms: claims.flatMap((claim) => rejected(claim, answers)),
    outcomes: (isAnswered ? settle(hazards) : settled).map(({ outcome }) => outcome),
  };
}

interface Stage {
  readonly settled: readonly { readonly scoped: ScopedRequirement; readonly outcome: RequirementOutcome }[];
  readonly change: Change;
  readonly context: EvaluationContext;
}

/** A claim about a hazard, and why it does not hold; `null` when it does. */
interface CheckedClaim {
  readonly claim: FalseAlarmClaim;
  readonly objection: string | null;
}

interface Answers {
  readonly claims: readonly CheckedClaim[];
  /** Those that hold, one for each person. */
  readonly held: readonly FalseAlarm[];
  /** What is missing for them to settle it, as a clause; `null` for nothing. */
  readonly lacking: string | null;
}

function answersTo(hazard: JudgedHazard, claims: readonly FalseAlarmClaim[], stage: Stage): Answers {
  const checked = claims
    .filter((claim) => isAbout(claim, hazard))
    .map((claim) => ({ claim, objection: objectionTo(claim, hazard, stage) }));
  const held = checked.flatMap(({ claim: { review, reason }, objection }): readonly FalseAlarm[] =>
    objection === null && review.reviewer !== null
      ? [{ by: review.reviewer, reviewId: review.id, reason }]
      : [],
  );
  const each = [...new Map(held.map((answer) => [answer.by.id, answer])).values()];
  return { claims: checked, held: each, lacking: lackingIn(each, hazard, stage) };
}

/** As many people as have to sign, a senior among them where one has to. */
function lackingIn(
  held: readonly FalseAlarm[],
  hazard: JudgedHazard,
  { settled, change, context }: Stage,
): string | null {
  const seniors = settled
    .filter(({ scoped }) => scoped.scope.hazards?.has(hazardKey(hazard)))
    .map(({ outcome }) => outcome.requirement.senior)
    .find((senior) => senior.length > 0 && !held.some(({ by }) => context.signers.owns(senior, by)));
  if (seniors !== undefined) return `one of ${ownerNames(seniors)} has to dismiss it too`;
  const needed = countOf(hazard, change.policy.hazards);
  if (held.length >= Math.max(1, needed)) return null;
  return `${needed} people who can countersign it have to dismiss it, and ${held.length} did`;
}

function isAbout({ rule, path }: FalseAlarmClaim, { id, file, status }: JudgedHazard): boolean {
  return status.kind === "asks" && id === rule && (path === null || path === file);
}

function withAnswers(hazard: JudgedHazard, { held, lacking }: Answers): JudgedHazard {
  const [first, ...others] = held;
  if (first === undefined || lacking !== null) return hazard;
  return { ...hazard, status: { kind: "answered", ...first, others } };
}

/** A claim that settles nothing, with the first reason; none for one that settles all that it is about. */
function rejected(claim: FalseAlarmClaim, answers: readonly Answers[]): readonly RejectedFalseAlarm[] {
  const about = answers.flatMap(({ claims, lacking }) => {
    const own = claims.find((checked) => checked.claim === claim);
    return own === undefined ? [] : [{ lacking, objection: own.objection }];
  });
  const open = about.filter(({ lacking }) => lacking !== null);
  const settlesOne = about.some(({ lacking, objection }) => lacking === null && objection === null);
  if (about.length > 0 && (open.length === 0 || settlesOne)) return [];
  const where = claim.path === null ? "here" : `in ${quote(claim.path)}`;
  const clause =
    open.find(({ objection }) => objection === null)?.lacking ??
    open.map(({ objection }) => objection).find(isSaid) ??
    `it found nothing ${where} that needs a countersignature`;
  return [rejectedFalseAlarm(claim, clause)];
}

/** Why somebody's answer does not hold for a hazard, as a clause; `null` when it does. */
function objectionTo(
  { review, reason }: FalseAlarmClaim,
  hazard: JudgedHazard,
  { settled, context }: Stage,
): string | null {
  const { reviewer: by } = review;
  if (by === null) return "that account is deleted";
  if (review.state !== "approved") return "only an approving review can dismiss a finding";
  const key = hazardKey(hazard);
  // What asks is part of one or more requirements.
  const own = settled.filter(({ scoped }) => scoped.scope.hazards?.has(key));
  const ineligible = own
    .map(({ scoped }) => ineligibility(by, context, scoped.requirement))
    .find((each) => each !== null);
  if (ineligible !== undefined) return ineligible.clause;
  if (reason === "") return "gave no reason";
  if (review.editedBy !== undefined && review.editedBy?.id !== by.id)
    return "somebody else has edited the review since";
  const answerer = { by, reviewId: review.id, context };
  const hindered = own.map(({ outcome }) => hindrance(outcome, answerer)).find(isSaid);
  if (hindered !== undefined) return hindered;
  const decision = { kind: "false-alarm", reviewId: review.id, claims: claimsIn(review) } as const;
  const { passkeys, snapshot } = context;
  const isSigned = own
    .filter(({ scoped }) => passkeys.asks(scoped))
    .every(({ scoped }) => passkeys.isSigned({ by, decision, ...rightOver(scoped) }));
  return isSigned ? null : `that waits for their passkey${signingPlace(snapshot.passkeys)}`;
}

interface Answerer {
  readonly by: Account;
  readonly reviewId: number;
  readonly context: EvaluationContext;
}

function hindrance(
  { requirement, countersignatures, refusals }: RequirementOutcome,
  { by, reviewId, context: { signers } }: Answerer,
): string | null {
  const { from, senior } = requirement;
  if (!signers.owns([...from.owners, ...senior], by)) return NOT_AN_OWNER.clause;
  if (!countersignatures.some((each) => each.reviewId === reviewId)) return "that approval does not count";
  return refusals.length === 0 ? null : `${joinAnd(refusals.map((no) => mention(no.by)))} requested changes`;
}

function isSaid(clause: string | null): clause is string {
  return clause !== null;
}

function rejectedFalseAlarm({ review, rule }: FalseAlarmClaim, clause: string): RejectedFalseAlarm {
  const { id, reviewer } = review;
  const who = reviewer === null ? "Somebody" : mention(reviewer);
  const sentence = `${who} called ${quote(rule)} a false alarm, but ${clause}.`;
  return { reviewId: id, by: reviewer, rule, sentence };
}
