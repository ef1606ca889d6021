import type { Policy } from "../policy/policy.ts";
import type { Away } from "./effects/ask.ts";
import { REVIEW } from "./requirements/requirements.ts";
import type { EvaluationContext } from "./signatures/evaluation-context.ts";
import { expectedAnswers } from "./time/answers.ts";
import { type Line, lineOf } from "./time/line.ts";
import type { Oversize } from "./time/size.ts";
import { hazardWaits, latestFirst, sizeWait } from "./time/waits.ts";
import type { ReviewRequest } from "./time-facts.ts";
import type { LateAnswer, NotAsked, Size, Wait } from "./time-verdict.ts";
import type { JudgedHazard, RequirementOutcome } from "./verdict.ts";

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
  const isSplit = size?.need === "split";
  const line = lineOf(snapshot, { ...judged, ...timing, isHeld: isSplit });
  const expected = expectedAnswers(snapshot, policy.time, {
    readySince: policy.time.respondWithin === null ? null : timing.clocks.runningSince(OPEN),
    isMeant: isSplit ? () => false : meantFor(requirements, line),
  });
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
    if (requirement.area !== REVIEW) timing.thereAt(requirement.from.paths);
}

/** Whether a request is made to somebody whose signature is missing, and who is asked about it. */
function meantFor(
  requirements: readonly RequirementOutcome[],
  line: Line,
): (request: ReviewRequest) => boolean {
  const open = requirements.filter((each) => isOpen(each, line));
  const people = new Set(open.flatMap(({ canSign }) => canSign.map(({ login }) => login.toLowerCase())));
  const teams = new Set(
    open.flatMap(({ requirement: { from, senior } }) =>
      [...from.owners, ...senior].flatMap((owner) =>
        owner.kind === "team" ? [owner.slug.toLowerCase()] : [],
      ),
    ),
  );
  return ({ kind, name }) => (kind === "user" ? people : teams).has(name.toLowerCase());
}

/** Whether signatures are missing for which people are asked. */
export function isOpen(
  { status, requirement: { mode, area } }: RequirementOutcome,
  { inLine }: Line,
): boolean {
  return status === "waiting" && mode === "enforce" && !inLine.some((each) => each.area === area);
}

/** Where an area has too few people for one countersignature more, the change waits instead. */
function sizeIn({ oversize, requirements }: Judged): Size | null {
  if (oversize === null) return null;
  const { ids, need, ...size } = oversize;
  if (need === "split") return { ...size, need };
  const own = requirements.filter(({ requirement }) => ids.has(requirement.id));
  return { ...size, need: own.some(({ requirement }) => requirement.extra !== true) ? "wait" : "extra" };
}

function awayIn({ policy, context, requirements }: Judged, late: readonly LateAnswer[]): Away {
  const { maxReviewsPerPerson: most, respondWithin } = policy.time;
  const lateOf = (wanted: LateAnswer["kind"]) =>
    late.filter(({ kind }) => kind === wanted).map(({ name }) => name.toLowerCase());
  const { attention, time } = context.snapshot;
  const loadOf = (id: number | null) => (id === null ? 0 : (time?.load?.[id] ?? 0));
  const busy = new Set(most === null && respondWithin === null ? [] : attention?.busy);
  const signers = requirements
    .flatMap(({ canSign }) => canSign)
    .toSorted((one, other) => loadOf(one.id) - loadOf(other.id));
  const named = (because: NotAsked["because"], is: (id: number | null) => boolean) =>
    signers.flatMap(({ id, login }) => (is(id) ? [[login.toLowerCase(), because] as const] : []));
  return {
    people: new Map([
      ...named("load", (id) => most !== null && loadOf(id) >= most),
      ...named("busy", (id) => id !== null && busy.has(id)),
      ...lateOf("user").map((login) => [login, "late"] as const),
    ]),
    teams: new Set(lateOf("team")),
  };
}
