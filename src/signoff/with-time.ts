import type { Policy } from "../policy/policy.ts";
import type { EvaluationContext } from "./signatures/evaluation-context.ts";
import { type MissingSignatures, missingSignatures } from "./signatures/outcome.ts";
import { duesOfAsking } from "./time/answers.ts";
import type { LateAnswer, NotAsked, TimeVerdict } from "./time-verdict.ts";
import { isOpen, type Timed } from "./timed.ts";
import type { Verdict } from "./verdict.ts";

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
