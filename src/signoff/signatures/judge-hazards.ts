import { withHazards } from "../requirements/hazard-requirements.ts";
import { hazardKey } from "../requirements/hazards.ts";
import type { Change, ScopedRequirement } from "../requirements/requirements.ts";
import type { Account } from "../snapshot.ts";
import type { HazardStatus, JudgedHazard, RejectedFalseAlarm, RequirementOutcome } from "../verdict.ts";
import { NOT_AN_OWNER } from "../wording/sentences.ts";
import { quote } from "../wording/visible.ts";
import { joinAnd, mention, ownerNames } from "../wording/words.ts";
import { ineligibility } from "./countersignatures.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { type FalseAlarmClaim, falseAlarmClaims } from "./false-alarms.ts";
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
 * What becomes of the hazards. Whoever countersigns one may answer that it is a false alarm: what all of them need
 * decides first whose answers hold, then what is left is asked for.
 */
export function judgeHazards(
  { raised, areas }: Asked,
  change: Change,
  context: EvaluationContext,
): HazardFindings {
  const settle = (hazards: readonly JudgedHazard[]) =>
    withHazards(areas, hazards, change).map((scoped) => ({ scoped, outcome: outcomeOf(scoped, context) }));
  const settled = settle(raised);
  const outcomes = settled.map(({ outcome }) => outcome);
  const answers = context.snapshot.reviews.flatMap(falseAlarmClaims);
  const counted = answers.map((answer) => ({
    answer,
    ...checkFalseAlarm(answer, { raised, settled, context }),
  }));
  const held = new Map(
    counted.flatMap(({ hazards, status }) =>
      status === null ? [] : hazards.map((hazard) => [hazard, status] as const),
    ),
  );
  const hazards = raised.map((hazard) => ({ ...hazard, status: held.get(hazard) ?? hazard.status }));
  const rejectedFalseAlarms = counted.flatMap(({ answer, hazards: about, clause }) => {
    const isSettled = about.length > 0 && about.every((hazard) => held.has(hazard));
    return clause === null || isSettled ? [] : [rejectedFalseAlarm(answer, clause)];
  });
  return {
    hazards,
    rejectedFalseAlarms,
    outcomes: held.size === 0 ? outcomes : settle(hazards).map(({ outcome }) => outcome),
  };
}

interface Stage {
  readonly raised: readonly JudgedHazard[];
  readonly settled: readonly { readonly scoped: ScopedRequirement; readonly outcome: RequirementOutcome }[];
  readonly context: EvaluationContext;
}

/** What an answer is about, and either what it makes of that or why it does not hold. */
type CheckedClaim = { readonly hazards: readonly JudgedHazard[] } & (
  | { readonly status: HazardStatus; readonly clause: null }
  | { readonly status: null; readonly clause: string }
);

function checkFalseAlarm(answer: FalseAlarmClaim, stage: Stage): CheckedClaim {
  const { review, rule, path, reason } = answer;
  const hazards = stage.raised.filter(
    ({ id, file, status }) => status.kind === "asks" && id === rule && (path === null || path === file),
  );
  const { reviewer: by } = review;
  if (by === null) return { hazards, status: null, clause: DELETED };
  const objections = hazards.map((hazard) => objection(answer, by, { ...stage, hazard }));
  const own = hazards.filter((_, index) => objections[index] === null);
  const status = { kind: "answered", by, reviewId: review.id, reason } as const;
  if (own.length > 0) return { hazards: own, status, clause: null };
  const where = path === null ? "here" : `in ${quote(path)}`;
  return { hazards, status: null, clause: objections.find(isSaid) ?? `it asks for nothing ${where}` };
}

const DELETED = "that account is deleted";

/** Why somebody's answer does not hold for a hazard, as a clause; `null` when it does. */
function objection(
  { review, reason }: FalseAlarmClaim,
  by: Account,
  { hazard, settled, context }: Stage & { readonly hazard: JudgedHazard },
): string | null {
  if (review.state !== "approved") return "only an approving review can say so";
  const ineligible = ineligibility(by, context);
  if (ineligible !== null) return ineligible.clause;
  if (reason === "") return "gave no reason";
  if (review.editedBy !== undefined && review.editedBy?.id !== by.id)
    return "somebody else changed the review since";
  const key = hazardKey(hazard);
  const own = settled.filter(({ scoped }) => scoped.scope.hazards?.has(key));
  const answerer = { by, reviewId: review.id, context };
  return own.map(({ outcome }) => hindrance(outcome, answerer)).find(isSaid) ?? null;
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
  if (senior.length > 0 && !signers.owns(senior, by)) return `only ${ownerNames(senior)} can say so`;
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
