import type { Policy } from "../../policy/policy.ts";
import type { Decision } from "../passkey-facts.ts";
import type { OverrideRecord, Snapshot } from "../snapshot.ts";
import type { EndedOverride, Override, OverrideEnd } from "../verdict.ts";
import { type Contexts, overrideObstacle } from "./speaker.ts";

/** The lines of people that still count, together: those for one commit and base with one reason. */
export interface Standing extends Pick<Override, "by" | "reason" | "missing" | "until" | "isLong"> {
  /** More than it takes may have repeated the line. */
  readonly records: readonly OverrideRecord[];
}

export interface Stands {
  readonly standing: readonly Standing[];
  readonly ended: readonly EndedOverride[];
}

const DAY_MS = 24 * 60 * 60_000;

/** What is left of the lines by now. What ended once stays so, whatever becomes true again. */
export function stillStanding(
  records: readonly OverrideRecord[],
  contexts: Contexts,
  policy: Policy,
): Stands {
  const byLine = Map.groupBy(records, ({ headSha, baseRef, reason }) =>
    JSON.stringify([headSha, baseRef, reason]),
  );
  const all = [...byLine.values()].map((own) => standOf(own, contexts, policy));
  return {
    standing: all.flatMap(({ standing }) => standing),
    ended: all.flatMap(({ ended }) => ended),
  };
}

/** Of one line. */
function standOf(records: readonly OverrideRecord[], contexts: Contexts, policy: Policy): Stands {
  const [{ snapshot }] = contexts;
  const { approvals } = policy.override;
  const now = Date.parse(snapshot.now);
  const inTime = withinTime(records, policy);
  const granted = inTime.records.length >= approvals;
  const faults = inTime.records.flatMap((record): readonly EndedOverride[] => {
    const because = endOf(record, contexts, policy);
    return because === null ? [] : [{ record, because }];
  });
  const [fault] = faults;
  // Who granted it did so with the others: without one of them it is over.
  if (granted && fault !== undefined) return { standing: [], ended: all(records, fault.because) };
  const gone = new Set<OverrideRecord>([...faults.map(({ record }) => record), ...inTime.late]);
  const left = inTime.records.filter((record) => !gone.has(record));
  if (left.length > 0 && now >= inTime.until) return { standing: [], ended: all(records, "expired") };
  const [first] = left;
  return {
    standing:
      first === undefined
        ? []
        : [
            {
              records: records.filter((record) => !gone.has(record)),
              by: left.map(({ by }) => by),
              reason: first.reason,
              missing: Math.max(0, approvals - left.length),
              until: new Date(inTime.until).toISOString(),
              ...(inTime.lasts > DAY_MS && { isLong: true }),
            },
          ],
    ended: [...faults, ...inTime.late.map((record) => ({ record, because: "expired" as const }))],
  };
}

function all(records: readonly OverrideRecord[], because: OverrideEnd): readonly EndedOverride[] {
  return records.map((record) => ({ record, because }));
}

interface InTime {
  /** The first of each person, as many as are needed at the most, oldest first. */
  readonly records: readonly OverrideRecord[];
  /** Those that nobody repeated in time. */
  readonly late: readonly OverrideRecord[];
  /** When what they come to ends, in milliseconds. */
  readonly until: number;
  readonly lasts: number;
}

/** By the shortest time that held since the first of them: a longer one later makes nothing longer. */
function withinTime(records: readonly OverrideRecord[], { override }: Policy): InTime {
  const sorted = records.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const lasts = Math.min(override.expiresAfter, ...sorted.map((record) => record.lasts));
  const late: OverrideRecord[] = [];
  let together: OverrideRecord[] = [];
  for (const record of sorted) {
    const at = Date.parse(record.at);
    const isFull = together.length >= override.approvals;
    const over = isFull ? [] : together.filter((each) => at - Date.parse(each.at) >= lasts);
    late.push(...over);
    together = together.filter((each) => !over.includes(each));
    if (!isFull && !together.some(({ by }) => by.id === record.by.id)) together.push(record);
  }
  const [first] = together;
  const last = together.at(-1);
  const begins = together.length >= override.approvals ? last : first;
  return { records: together, late, until: begins === undefined ? 0 : Date.parse(begins.at) + lasts, lasts };
}

/** Why a line counts no more, but for its time; `null` where it does. */
function endOf(record: OverrideRecord, contexts: Contexts, policy: Policy): OverrideEnd | null {
  const [{ snapshot, passkeys }] = contexts;
  const { head, base } = snapshot.pullRequest;
  if (record.headSha !== head.sha || wasPushedAfter(snapshot, record.at)) return "pushed";
  if (isAmbiguous(snapshot, record.named)) return "ambiguous";
  if (record.baseRef !== base.ref || isAfter(snapshot.recorded.baseChangedAt, record.at)) return "retargeted";
  const wanted = { by: record.by, decision: overrideDecision(record, true), owners: policy.override.by };
  if (passkeys.areAsked && !passkeys.wasSigned(wanted)) return "unsigned";
  return overrideObstacle(contexts, policy, record.by) === null ? null : "right-lost";
}

/** What the writer of a line for an override signs. */
export function overrideDecision(
  { commentId, headSha, reason }: Pick<OverrideRecord, "commentId" | "headSha" | "reason">,
  isRepeated: boolean,
): Decision {
  return { kind: isRepeated ? "override-grant" : "override-ask", commentId, headSha, reason };
}

/** Whether the head may have become the head after somebody wrote about it. */
export function wasPushedAfter({ recorded }: Snapshot, comment: string): boolean {
  const { headMovedAt, headSeenAt = null } = recorded;
  return isAfter(headMovedAt, comment) || isAfter(headSeenAt, comment);
}

/** GitHub's times are of whole seconds: what happened in the same one may have been after. */
export function isAfter(moment: string | null, comment: string): boolean {
  return moment !== null && !(Date.parse(moment) < Date.parse(comment));
}

/** Whether what was written of a commit's id stands for another commit of the pull request as well. */
export function isAmbiguous({ pullRequest, commits, recorded }: Snapshot, named: string): boolean {
  const known = [...commits.map(({ sha }) => sha), ...(recorded.heads ?? [])];
  return known.some((sha) => sha !== pullRequest.head.sha && sha.startsWith(named));
}
