import type { Policy } from "../policy/policy.ts";
import type { Away } from "./effects/ask.ts";
import { REVIEW } from "./requirements/requirements.ts";
import type { EvaluationContext } from "./signatures/evaluation-context.ts";
import { expectedAnswers } from "./time/answers.ts";
import { type Line, lineOf } from "./time/line.ts";
import type { Oversize } from "./time/size.ts";
import { hazardWaits, latestFirst, sizeWait } from "./time/waits.ts";
import type { LateAnswer, Size, TimeVerdict, Wait } from "./time-verdict.ts";
import type { JudgedHazard, RequirementOutcome, Verdict } from "./verdict.ts";

interface Judged {
  readonly policy: Policy;
  readonly context: EvaluationContext;
  readonly ai: boolean;
  readonly hazards: readonly JudgedHazard[];
  readonly requirements: readonly RequirementOutcome[];
  readonly oversize: Oversize | null;
}

/** What `time` in the config comes to, before anybody is asked. */
export interface Timed {
  readonly waits: readonly Wait[];
  readonly size: Size | null;
  readonly line: Line;
  readonly late: readonly LateAnswer[];
  /** Who is better not asked now. */
  readonly away: Away;
  /** When it may be otherwise by time alone, in milliseconds. */
  readonly changesAt: readonly number[];
}

export function timeOf(judged: Judged): Timed {
  const { policy, context, hazards, requirements } = judged;
  const { snapshot, timing } = context;
  touchClocks(judged);
  const size = sizeIn(judged);
  const sizePaths = size?.parts.flatMap(({ paths }) => paths) ?? [];
  const waits = latestFirst([
    ...hazardWaits({ snapshot, hazards, requirements, timing }, policy.time),
    ...(size?.need === "wait" ? sizeWait(sizePaths, timing) : []),
  ]);
  const open = requirements.some(({ status }) => status === "waiting");
  const expected = open ? expectedAnswers(snapshot, policy.time, timing.clocks.runningSince(OPEN)) : [];
  const line = lineOf(snapshot, policy.time, { ...judged, ...timing });
  const late = expected.flatMap(({ request: { kind, name, at }, due, isLate }): readonly LateAnswer[] =>
    isLate && due !== null ? [{ kind, name, askedAt: at, due: new Date(due).toISOString() }] : [],
  );
  return {
    ...{ waits, size, line, late },
    away: awayIn(judged, late),
    changesAt: [
      ...waits.flatMap(({ until }) => (until === null ? [] : [Date.parse(until)])),
      ...expected.flatMap(({ due, isLate }) => (isLate || due === null ? [] : [due])),
      ...line.changesAt,
    ],
  };
}

/** The clock of the time in which a change is no draft. */
const OPEN = "open";

/** What may be measured later is timed from now on. */
function touchClocks({ policy: { time }, context: { timing }, requirements }: Judged): void {
  if (time.respondWithin !== null) timing.clocks.runningSince(OPEN);
  if (time.fastApprovals === "off") return;
  for (const { requirement } of requirements)
    if (requirement.area !== REVIEW) timing.clocks.firstSeen(timing.pathsKey(requirement.from.paths));
}

/** Where an area has too few people for one countersignature more, the change waits instead. */
function sizeIn({ oversize, requirements }: Judged): Size | null {
  if (oversize === null) return null;
  const { areas, need, ...size } = oversize;
  if (need === "split") return { ...size, need };
  const own = requirements.filter(({ requirement }) => areas.has(requirement.area));
  return { ...size, need: own.some(({ requirement }) => requirement.extra !== true) ? "wait" : "extra" };
}

function awayIn({ policy, context, requirements }: Judged, late: readonly LateAnswer[]): Away {
  const { maxReviewsPerPerson: most, respondWithin } = policy.time;
  const lateOf = (wanted: LateAnswer["kind"]) =>
    late.filter(({ kind }) => kind === wanted).map(({ name }) => name.toLowerCase());
  const { attention, time } = context.snapshot;
  const load = time?.load ?? {};
  const signers = requirements.flatMap(({ canSign }) => canSign);
  const named = (because: "load" | "busy", is: (id: number) => boolean) =>
    signers.flatMap(({ id, login }) =>
      id !== null && is(id) ? [[login.toLowerCase(), because] as const] : [],
    );
  const busy = new Set(most === null && respondWithin === null ? [] : attention?.busy);
  return {
    people: new Map([
      ...named("busy", (id) => busy.has(id)),
      ...named("load", (id) => most !== null && (load[id] ?? 0) >= most),
      ...lateOf("user").map((login) => [login, "late"] as const),
    ]),
    teams: new Set(lateOf("team")),
  };
}

/** A change that has to wait, or to be split, does not pass, whoever signed it. */
export function withTime(verdict: Verdict, timed: Timed, { mode }: Policy): Verdict {
  const { waits, size, line, changesAt } = timed;
  const found = timeVerdict(verdict, timed);
  const clocked = {
    ...verdict,
    ...(found !== null && { time: found }),
    ...(changesAt.length > 0 && { changesAt: new Date(Math.min(...changesAt)).toISOString() }),
    toRecord: { ...verdict.toRecord, ...(line.places !== null && { lines: line.places }) },
  };
  const stops = waits.length > 0 || size?.need === "split";
  if (!stops || verdict.conclusion === "failure") return clocked;
  if (mode === "observe") return { ...clocked, wouldBe: "action_required" };
  const { wouldBe: _, ...enforced } = clocked;
  return { ...enforced, conclusion: "action_required" };
}

function timeVerdict({ reviewRequests, requirements }: Verdict, timed: Timed): TimeVerdict | null {
  const { waits, size, line, late, away } = timed;
  const asked = new Set(reviewRequests.users.map((login) => login.toLowerCase()));
  const able = new Set(requirements.flatMap(({ canSign }) => canSign).map(({ login }) => login));
  const notAsked = [...able].flatMap((login) => {
    const because = away.people.get(login.toLowerCase());
    return because === undefined || asked.has(login.toLowerCase()) ? [] : [{ login, because }];
  });
  const left = reviewRequests.users.length + reviewRequests.teams.length;
  const told = late.map((each) => (left === 0 ? { ...each, isLast: true as const } : each));
  const says = [waits, line.inLine, notAsked, told].some((each) => each.length > 0) || size !== null;
  if (!says) return null;
  return { waits, ...(size !== null && { size }), inLine: line.inLine, notAsked, late: told };
}
