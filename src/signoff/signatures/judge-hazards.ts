import { withHazards } from "../requirements/hazard-requirements.ts";
import { hazardKey } from "../requirements/hazards.ts";
import type { Change, Demand } from "../requirements/requirements.ts";
import type { Account } from "../snapshot.ts";
import type { HazardStanding, JudgedHazard, RequirementOutcome, UnheardAnswer } from "../verdict.ts";
import { NOT_AN_OWNER } from "../wording/sentences.ts";
import { quote } from "../wording/visible.ts";
import { both, handle, ownerNames } from "../wording/words.ts";
import { bar } from "./countersignatures.ts";
import type { Panel } from "./evaluation-context.ts";
import { type Answer, answersIn } from "./false-alarms.ts";
import { outcomeOf } from "./outcome.ts";

interface Asked {
  readonly raised: readonly JudgedHazard[];
  /** What the areas need. */
  readonly areas: readonly Demand[];
}

interface HazardFindings {
  readonly hazards: readonly JudgedHazard[];
  readonly unheard: readonly UnheardAnswer[];
  /** Of all that is required, with what the hazards need. */
  readonly outcomes: readonly RequirementOutcome[];
}

/**
 * What becomes of the hazards. Whoever countersigns one may answer that it is a false alarm: what all of them need
 * decides first whose answers hold, then what is left is asked for.
 */
export function judgeHazards({ raised, areas }: Asked, change: Change, panel: Panel): HazardFindings {
  const settle = (hazards: readonly JudgedHazard[]) =>
    withHazards(areas, hazards, change).map((demand) => ({ demand, outcome: outcomeOf(demand, panel) }));
  const settled = settle(raised);
  const outcomes = settled.map(({ outcome }) => outcome);
  const answers = panel.snapshot.reviews.flatMap(answersIn);
  const weighed = answers.map((answer) => ({ answer, ...weighAnswer(answer, { raised, settled, panel }) }));
  const held = new Map(
    weighed.flatMap(({ hazards, standing }) =>
      standing === null ? [] : hazards.map((hazard) => [hazard, standing] as const),
    ),
  );
  const hazards = raised.map((hazard) => ({ ...hazard, standing: held.get(hazard) ?? hazard.standing }));
  const unheard = weighed.flatMap(({ answer, hazards: about, clause }) => {
    const isSettled = about.length > 0 && about.every((hazard) => held.has(hazard));
    return clause === null || isSettled ? [] : [unheardAnswer(answer, clause)];
  });
  return {
    hazards,
    unheard,
    outcomes: held.size === 0 ? outcomes : settle(hazards).map(({ outcome }) => outcome),
  };
}

interface Stage {
  readonly raised: readonly JudgedHazard[];
  readonly settled: readonly { readonly demand: Demand; readonly outcome: RequirementOutcome }[];
  readonly panel: Panel;
}

/** What an answer is about, and either what it makes of that or why it does not hold. */
type Weighed = { readonly hazards: readonly JudgedHazard[] } & (
  | { readonly standing: HazardStanding; readonly clause: null }
  | { readonly standing: null; readonly clause: string }
);

function weighAnswer(answer: Answer, stage: Stage): Weighed {
  const { review, rule, path, reason } = answer;
  const hazards = stage.raised.filter(
    ({ id, file, standing }) => standing.kind === "asks" && id === rule && (path === null || path === file),
  );
  const { reviewer: by } = review;
  if (by === null) return { hazards, standing: null, clause: DELETED };
  const objections = hazards.map((hazard) => objection(answer, by, { ...stage, hazard }));
  const own = hazards.filter((_, index) => objections[index] === null);
  const standing = { kind: "answered", by, reviewId: review.id, reason } as const;
  if (own.length > 0) return { hazards: own, standing, clause: null };
  const where = path === null ? "here" : `in ${quote(path)}`;
  return { hazards, standing: null, clause: objections.find(isSaid) ?? `it asks for nothing ${where}` };
}

const DELETED = "that account is deleted";

/** Why somebody's answer does not hold for a hazard, as a clause; `null` when it does. */
function objection(
  { review, reason }: Answer,
  by: Account,
  { hazard, settled, panel }: Stage & { readonly hazard: JudgedHazard },
): string | null {
  if (review.state !== "approved") return "only an approving review can say so";
  const barred = bar(by, panel);
  if (barred !== null) return barred.clause;
  if (reason === "") return "gave no reason";
  if (review.editedBy !== undefined && review.editedBy?.id !== by.id)
    return "somebody else changed the review since";
  const key = hazardKey(hazard);
  const own = settled.filter(({ demand }) => demand.scope.hazards?.has(key));
  const answerer = { by, reviewId: review.id, panel };
  return own.map(({ outcome }) => hindrance(outcome, answerer)).find(isSaid) ?? null;
}

interface Answerer {
  readonly by: Account;
  readonly reviewId: number;
  readonly panel: Panel;
}

function hindrance(
  { requirement, countersignatures, refusals }: RequirementOutcome,
  { by, reviewId, panel: { signers } }: Answerer,
): string | null {
  const { from, senior } = requirement;
  if (!signers.owns([...from.owners, ...senior], by)) return NOT_AN_OWNER.clause;
  if (!countersignatures.some((each) => each.reviewId === reviewId)) return "that approval does not count";
  if (senior.length > 0 && !signers.owns(senior, by)) return `only ${ownerNames(senior)} can say so`;
  return refusals.length === 0 ? null : `${both(refusals.map((no) => handle(no.by)))} requested changes`;
}

function isSaid(clause: string | null): clause is string {
  return clause !== null;
}

function unheardAnswer({ review, rule }: Answer, clause: string): UnheardAnswer {
  const { id, reviewer } = review;
  const who = reviewer === null ? "Somebody" : handle(reviewer);
  const sentence = `${who} called ${quote(rule)} a false alarm, but ${clause}.`;
  return { reviewId: id, by: reviewer, rule, sentence };
}
