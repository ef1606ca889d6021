import type { Policy } from "../policy/policy.ts";
import type { Away } from "./effects/ask.ts";
import { REVIEW } from "./requirements/requirements.ts";
import type { EvaluationContext } from "./signatures/evaluation-context.ts";
import { type MissingSignatures, missingSignatures } from "./signatures/outcome.ts";
import { duesOfAsking, expectedAnswers } from "./time/answers.ts";
import { type Line, lineOf } from "./time/line.ts";
import type { Oversize } from "./time/size.ts";
import { hazardWaits, latestFirst, sizeWait } from "./time/waits.ts";
import type { ReviewRequest } from "./time-facts.ts";
import type { LateAnswer, NotAsked, Size, TimeVerdict, Wait } from "./time-verdict.ts";
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

function isOpen({ status, requirement: { mode, area } }: RequirementOutcome, { inLine }: Line): boolean {
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

interface Stage {
  readonly timed: Timed;
  readonly policy: Policy;
  readonly context: EvaluationContext;
}

/** A change that has to wait, or to be split, does not pass, whoever signed it. */
export function withTime(verdict: Verdict, { timed, policy: { mode, time }, context }: Stage): Verdict {
  const { waits, size, line } = timed;
  const changesAt = [...timed.changesAt, ...duesOfAsking(verdict.reviewRequests, context.snapshot, time)];
  const found = timeVerdict(verdict, timed, context);
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

function timeVerdict(verdict: Verdict, timed: Timed, context: EvaluationContext): TimeVerdict | null {
  const { waits, size, line } = timed;
  const asked = askedPeople(verdict, context);
  const notAsked = notAskedOf(verdict, timed, asked);
  const late = timed.late.map((each) =>
    isLast(each, verdict, { timed, context, asked }) ? { ...each, isLast: true as const } : each,
  );
  const says = [waits, line.inLine, notAsked, late].some((each) => each.length > 0) || size !== null;
  if (!says) return null;
  return { waits, ...(size !== null && { size }), inLine: line.inLine, notAsked, late };
}

/** Who is asked, by themselves or through a team, by login, lower-cased. */
function askedPeople(
  { reviewRequests: { users, teams } }: Verdict,
  { snapshot, signers }: EvaluationContext,
): ReadonlySet<string> {
  const { owner: org } = snapshot.repository;
  const members = teams.flatMap((slug) => signers.candidates([{ kind: "team", org, slug }]));
  return new Set([...users, ...members.map(({ login }) => login)].map((login) => login.toLowerCase()));
}

/** Who could sign and is passed over; nobody where nobody is asked at all. */
function notAskedOf(
  { requirements }: Verdict,
  { away }: Timed,
  asked: ReadonlySet<string>,
): readonly NotAsked[] {
  if (asked.size === 0) return [];
  const able = new Set(requirements.flatMap(({ canSign }) => canSign).map(({ login }) => login));
  return [...able].flatMap((login) => {
    const because = away.people.get(login.toLowerCase());
    return because === undefined || because === "late" || asked.has(login.toLowerCase())
      ? []
      : [{ login, because }];
  });
}

interface AskedNow {
  readonly timed: Timed;
  readonly context: EvaluationContext;
  readonly asked: ReadonlySet<string>;
}

/** Whether nobody else is asked for a signature that is missing and that somebody who is late could give. */
function isLast(
  { kind, name }: LateAnswer,
  { requirements, conclusion }: Verdict,
  { timed: { away, line }, context, asked }: AskedNow,
): boolean {
  const wanted = name.toLowerCase();
  const isTheirs = ({ from, candidates }: MissingSignatures) =>
    kind === "user"
      ? candidates.some(({ login }) => login.toLowerCase() === wanted)
      : from.some((owner) => owner.kind === "team" && owner.slug.toLowerCase() === wanted);
  const isHelped = ({ candidates }: MissingSignatures) =>
    candidates
      .map(({ login }) => login.toLowerCase())
      .some((login) => asked.has(login) && away.people.get(login) !== "late");
  const needs = requirements
    .filter((each) => isOpen(each, line))
    .flatMap((outcome) => missingSignatures(outcome, context));
  return conclusion !== "failure" && needs.some((need) => isTheirs(need) && !isHelped(need));
}
