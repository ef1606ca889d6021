import type { Policy } from "../../policy/policy.ts";
import type { Snapshot } from "../snapshot.ts";
import type { LinePlace, LineRecord } from "../time-facts.ts";
import type { InLine } from "../time-verdict.ts";
import type { RequirementOutcome } from "../verdict.ts";
import type { Clocks } from "./clocks.ts";
import { afterWorkingTime, workingDays } from "./working-time.ts";

/** Where a change stands in the line of an area. */
interface Standing {
  readonly since: string;
  /** The changes before it, in order. */
  readonly before: readonly number[];
  /** Whether its owners are asked about it. */
  readonly asked: boolean;
}

/** Whoever came first is asked about first; of two that came together, the one with the lower number. */
function standingIn({ area, pull, since }: LinePlace, places: readonly LinePlace[], most: number): Standing {
  const at = Date.parse(since);
  const before = places
    .filter((other) => other.area === area && other.pull !== pull)
    .filter((other) => {
      const theirs = Date.parse(other.since);
      return theirs < at || (theirs === at && other.pull < pull);
    })
    .toSorted((one, other) => Date.parse(one.since) - Date.parse(other.since) || one.pull - other.pull)
    .map((other) => other.pull);
  return { since, before, asked: before.length < most };
}

/** Where a change stands in the lines of its areas. */
export interface Line {
  /** Where it is not asked about. */
  readonly inLine: readonly InLine[];
  /** The places that it takes or keeps; `null` where there are no lines. */
  readonly places: readonly LineRecord[] | null;
  readonly changesAt: readonly number[];
}

const NO_LINE: Line = { inLine: [], places: null, changesAt: [] };

/** Whoever lets a change lie so long gives up its place. */
const IDLE_DAYS = 5;

interface Waiting {
  readonly ai: boolean;
  readonly requirements: readonly RequirementOutcome[];
  readonly clocks: Clocks;
  readonly pathsKey: (paths: readonly string[]) => string;
}

/**
 * An area's people are asked about so many changes of AI at once. What somebody has signed, refused or left as a draft
 * stands in no line, and no change of people alone does.
 */
export function lineOf(
  { now, pullRequest, time, files }: Snapshot,
  { maxOpenChanges: most, workingHours }: Policy["time"],
  { ai, requirements, clocks, pathsKey }: Waiting,
): Line {
  if (most === null || time?.lines === undefined) return NO_LINE;
  const isOpen = ai && pullRequest.state === "open" && !pullRequest.draft;
  const areas = isOpen ? waitingAreas(requirements) : [];
  const pushed = clocks.firstSeen(`content ${pathsKey(files.map(({ path }) => path))}`);
  const active = Math.max(pushed, time.activeAt === undefined ? 0 : Date.parse(time.activeAt));
  const idleAt = afterWorkingTime(active, workingDays(IDLE_DAYS, workingHours), workingHours);
  if (areas.length === 0) return { ...NO_LINE, places: [] };
  if (idleAt !== null && idleAt <= Date.parse(now))
    return { ...NO_LINE, places: [], inLine: areas.map((area) => ({ area, place: null, before: [] })) };
  const { lines } = time;
  const standing = areas.map((area) => {
    const own = lines.find((place) => place.area === area && place.pull === pullRequest.number);
    const place = own ?? { area, pull: pullRequest.number, since: now };
    return { area, ...standingIn(place, lines, most) };
  });
  return {
    inLine: standing.flatMap(({ area, before, asked }) =>
      asked ? [] : [{ area, place: before.length - most + 1, before }],
    ),
    places: standing.map(({ area, since, asked }) => ({ area, since, asked, most })),
    changesAt: idleAt === null ? [] : [idleAt],
  };
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
