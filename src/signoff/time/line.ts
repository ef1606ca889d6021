import type { Policy } from "../../policy/policy.ts";
import { inOrder } from "../line-order.ts";
import type { Snapshot } from "../snapshot.ts";
import type { LinePlace, LineRecord } from "../time-facts.ts";
import type { InLine } from "../time-verdict.ts";
import type { RequirementOutcome } from "../verdict.ts";
import type { Clocks } from "./clocks.ts";
import { afterWorkingTime, workingDays } from "./working-time.ts";

/** Where a change stands in the lines of its areas. */
export interface Line {
  /** Where it is not asked about. */
  readonly inLine: readonly InLine[];
  /** The places that it takes or keeps; `null` where there are no lines. */
  readonly places: readonly LineRecord[] | null;
  readonly changesAt: readonly number[];
}

const NO_LINE: Line = { inLine: [], places: null, changesAt: [] };

/** Whoever lets a change lie so long, once its owners were asked, gives up its place. */
const IDLE_DAYS = 5;

interface Waiting {
  readonly policy: Pick<Policy, "mode" | "time">;
  readonly ai: boolean;
  /** Nobody is asked about it, whatever the line. */
  readonly isHeld: boolean;
  readonly requirements: readonly RequirementOutcome[];
  readonly clocks: Clocks;
  readonly pathsKey: (paths: readonly string[]) => string;
}

/**
 * An area's people are asked about so many changes of AI at once. What somebody has signed, refused or left as a draft
 * stands in no line, and no change of people alone does; nor is there one where nobody is asked at all.
 */
export function lineOf(
  snapshot: Snapshot,
  { policy, ai, isHeld, requirements, clocks, pathsKey }: Waiting,
): Line {
  const { pullRequest, time, files } = snapshot;
  const { maxOpenChanges: most } = policy.time;
  if (most === null || time?.lines === undefined) return NO_LINE;
  const isOpen =
    ai && !isHeld && policy.mode === "enforce" && pullRequest.state === "open" && !pullRequest.draft;
  const areas = isOpen ? waitingAreas(requirements) : [];
  const pushedAt = clocks.firstSeen(`content ${pathsKey(files.map(({ path }) => path))}`);
  const lastWord = Math.max(pushedAt, time.activeAt === undefined ? 0 : Date.parse(time.activeAt));
  const standing = areas.map((area) => standingOf(area, snapshot, { lines: time.lines ?? [], most }));
  const now = Date.parse(snapshot.now);
  const idle = standing.map((each) => ({ ...each, idleAt: idleAt(each, { lastWord, clocks, policy, now }) }));
  const left = idle.filter(({ idleAt: at }) => at !== null && at <= now);
  const stays = idle.filter((each) => !left.includes(each));
  return {
    inLine: [
      ...left.map(({ record }) => ({ area: record.area, place: null, before: [] })),
      ...stays.flatMap(({ record, before }) =>
        record.asked ? [] : [{ area: record.area, place: before.length - most + 1, before }],
      ),
    ],
    places: stays.map(({ record }) => record),
    changesAt: stays.flatMap(({ idleAt: at }) => at ?? []),
  };
}

/** A place as it is kept, and the changes before it, in order. */
interface Standing {
  readonly record: LineRecord;
  readonly before: readonly number[];
}

interface Places {
  readonly lines: readonly LinePlace[];
  readonly most: number;
}

function standingOf(area: string, { now, pullRequest }: Snapshot, { lines, most }: Places): Standing {
  const { number: pull, outsider } = pullRequest;
  const outside = outsider === true ? { outside: true as const } : {};
  const here = lines.filter((place) => place.area === area);
  const since = here.find((place) => place.pull === pull)?.since ?? now;
  const own: LinePlace = { area, pull, since, ...outside };
  const all = inOrder([...here.filter((place) => place.pull !== pull), own]);
  const before = all.slice(0, all.indexOf(own)).map((place) => place.pull);
  return { record: { area, since, asked: before.length < most, most, ...outside }, before };
}

interface Lying {
  /** When its author last pushed or replied, in milliseconds. */
  readonly lastWord: number;
  readonly clocks: Clocks;
  readonly policy: Pick<Policy, "time">;
  readonly now: number;
}

/**
 * When it gives up its place, in milliseconds. Nobody is idle who waits for the owners to be asked; who was asked about
 * and lay too long stays away until the next word.
 */
function idleAt({ record }: Standing, { lastWord, clocks, policy, now }: Lying): number | null {
  const { workingHours } = policy.time;
  const key = `asked for ${record.area}`;
  const askedAt = clocks.knownSince(key) ?? (record.asked ? now : null);
  if (askedAt === null) return null;
  const since = Math.max(lastWord, askedAt);
  const at = afterWorkingTime(since, workingDays(IDLE_DAYS, workingHours), workingHours);
  const isIdle = at !== null && at <= now;
  if (!isIdle && !record.asked) return null;
  clocks.firstSeen(key);
  return at;
}

/** Areas for which nobody signed or refused yet. */
function waitingAreas(requirements: readonly RequirementOutcome[]): readonly string[] {
  const ofAreas = requirements.filter(({ requirement: { mode } }) => mode === "enforce");
  const byArea = Map.groupBy(ofAreas, ({ requirement }) => requirement.area);
  return [...byArea].flatMap(([area, own]) => {
    const isTouched = own.some(({ countersignatures }) => countersignatures.length > 0);
    return !area.includes(" ") && !isTouched && own.every(({ status }) => status === "waiting") ? [area] : [];
  });
}
