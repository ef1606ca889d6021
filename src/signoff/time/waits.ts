import type { Policy } from "../../policy/policy.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Wait } from "../time-verdict.ts";
import type { JudgedHazard, RequirementOutcome } from "../verdict.ts";
import { filesByName, hazardClockKey } from "./hazard-key.ts";
import type { Timing } from "./timing.ts";

/** Where nobody can give one countersignature more, the change stands in the open so long. */
const ALONE_MS = 24 * 60 * 60_000;

interface Open {
  readonly snapshot: Snapshot;
  readonly hazards: readonly JudgedHazard[];
  readonly requirements: readonly RequirementOutcome[];
  readonly timing: Timing;
}

/** The hazards that have to stand in the open for some time yet, by how long; those that only areas on trial hold, not. */
export function hazardWaits(
  { snapshot, hazards, requirements, timing }: Open,
  { wait }: Policy["time"],
): readonly Wait[] {
  if (wait.destructive === 0 && wait.widening === 0) return [];
  const files = filesByName(snapshot.files);
  const observed = pathsOnTrial(requirements);
  const waiting = hazards.flatMap((hazard) => {
    const lasts = wait[hazard.kind];
    if (lasts === 0 || hazard.status.kind !== "asks" || observed.has(hazard.file)) return [];
    const key = hazardClockKey(hazard, files);
    if (timing.clocks.hasRun(key, lasts)) return [];
    const place = `${hazard.file}:${hazard.line}`;
    return [{ kind: hazard.kind, place, lasts, until: timing.clocks.runsOut(key, lasts) }];
  });
  const together = Map.groupBy(waiting, ({ kind, until }) => `${kind} ${until}`);
  return [...together.values()].map(([first, ...others]) => ({
    ...{ kind: first.kind, lasts: first.lasts },
    places: [first, ...others].map(({ place }) => place),
    until: momentOf(first.until),
  }));
}

function pathsOnTrial(requirements: readonly RequirementOutcome[]): ReadonlySet<string> {
  const pathsOf = (mode: "enforce" | "observe") =>
    requirements
      .filter(({ requirement }) => requirement.mode === mode)
      .flatMap(({ requirement }) => requirement.from.paths);
  const enforced = new Set(pathsOf("enforce"));
  return new Set(pathsOf("observe").filter((path) => !enforced.has(path)));
}

/** What stands in for a countersignature that nobody could give. */
export function sizeWait(paths: readonly string[], { clocks, pathsKey }: Timing): readonly Wait[] {
  const key = `size ${pathsKey(paths)}`;
  if (clocks.hasRun(key, ALONE_MS)) return [];
  const until = momentOf(clocks.runsOut(key, ALONE_MS));
  return [{ kind: "size", places: [], lasts: ALONE_MS, until }];
}

/** The latest first. */
export function latestFirst(waits: readonly Wait[]): readonly Wait[] {
  const rank = ({ until }: Wait) => (until === null ? Infinity : Date.parse(until));
  return waits.toSorted((one, other) => rank(other) - rank(one) || (one.kind < other.kind ? -1 : 1));
}

function momentOf(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
