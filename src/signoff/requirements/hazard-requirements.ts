import type { HazardPolicy } from "../../policy/policy.ts";
import type { HazardKind } from "../../production/hazards/hazard.ts";
import type { JudgedHazard, Requirement } from "../verdict.ts";
import { hazardPlace, hazardSentence } from "../wording/hazard-words.ts";
import type { Scope } from "./coverage.ts";
import { hazardKey } from "./hazards.ts";
import { type OwnersAt, ownersAt, ownersKey } from "./path-owners.ts";
import {
  type Change,
  type Group,
  groupByOwners,
  type OwnedPath,
  type ScopedRequirement,
  scopedRequirement,
  whoTookPart,
} from "./requirements.ts";

/** The names under which hazards are signed; no area can have a blank in its name. */
const NAMES: Readonly<Record<HazardKind, string>> = {
  destructive: "destructive change",
  widening: "permission-widening change",
};

const KINDS = ["destructive", "widening"] as const satisfies readonly HazardKind[];
const MODES = ["enforce", "observe"] as const satisfies readonly Requirement["mode"][];

/** A hazard with the paths that it is about and who holds each. */
interface Found {
  readonly hazard: JudgedHazard;
  /** `observe` where each of the paths lies in observed areas alone. */
  readonly mode: Requirement["mode"];
  readonly places: readonly OwnedPath[];
}

/**
 * What is needed with the hazards that ask. Where the areas ask the same people for as much anyway, their
 * countersignatures stand for the hazard too; else it is asked for by itself.
 */
export function withHazards(
  areas: readonly ScopedRequirement[],
  hazards: readonly JudgedHazard[],
  change: Change,
): readonly ScopedRequirement[] {
  const asking = hazards.filter(({ status }) => status.kind === "asks");
  if (asking.length === 0) return areas;
  const byPath = Map.groupBy(
    areas.flatMap((area) => area.requirement.from.paths.map((path) => ({ path, area }))),
    ({ path }) => path,
  );
  const all = placesOf(asking, change).map((found) => ({
    found,
    standIns: standInsFor(found, byPath, change),
  }));
  const alone = all.filter(({ standIns }) => standIns === null).map(({ found }) => found);
  const together = all.flatMap(
    ({ found: { hazard }, standIns }) => standIns?.map((area) => ({ area, hazard })) ?? [],
  );
  const byArea = Map.groupBy(together, ({ area }) => area);
  return [
    ...areas.map((area) => signedTogether(area, byArea.get(area)?.map(({ hazard }) => hazard) ?? [])),
    ...KINDS.flatMap((kind) => MODES.flatMap((mode) => hazardRequirementsOf({ kind, mode }, alone, change))),
  ];
}

function placesOf(hazards: readonly JudgedHazard[], change: Change): readonly Found[] {
  const { files, policy, ground, ownersLookup: holders } = change;
  const byPath = new Map(files.map((file) => [file.path, file]));
  const listed = policy.areas.map(({ from, origin }): OwnersAt | null =>
    from === "owners" ? null : ownersAt(origin, { kind: "owned", owners: from }),
  );
  /** Those who sign for its areas; CODEOWNERS' owners where it lies in none, or in one that takes them. */
  const ownersOf = (path: string): readonly OwnersAt[] => {
    const places = ground.index.of(path);
    if (places.length === 0) return [holders.of(path)];
    return [...new Set(places.map((place) => listed[place] ?? holders.of(path)))];
  };
  const isObserved = (path: string) => {
    const places = ground.index.of(path);
    return places.length > 0 && places.every((place) => policy.areas[place]?.mode === "observe");
  };
  return hazards.map((hazard) => {
    const previous = byPath.get(hazard.file)?.previousPath;
    const paths = previous === undefined ? [hazard.file] : [previous, hazard.file];
    return {
      hazard,
      mode: paths.every(isObserved) ? "observe" : "enforce",
      places: paths.flatMap((path) => ownersOf(path).map((ownersAt) => ({ path, ownersAt }))),
    };
  });
}

type AreasByPath = ReadonlyMap<string, readonly { readonly area: ScopedRequirement }[]>;

/** The areas' demands that ask for no less, for every path and everybody who holds it; `null` where one is missing. */
function standInsFor(
  { hazard, mode, places }: Found,
  areas: AreasByPath,
  { policy: { hazards } }: Change,
): readonly ScopedRequirement[] | null {
  const count = countOf(hazard, hazards);
  const senior = ownersKey(hazards[hazard.kind].senior);
  const standIns = places.map(
    ({ path, ownersAt: owners }) =>
      areas
        .get(path)
        ?.find(
          ({ area: { ownersKey: key, requirement } }) =>
            key === owners.ownersKey &&
            (mode === "observe" || requirement.mode === "enforce") &&
            requirement.count >= count &&
            (senior === "" || ownersKey(requirement.senior) === senior),
        )?.area,
  );
  return standIns.every((area) => area !== undefined) ? [...new Set(standIns)] : null;
}

function signedTogether(area: ScopedRequirement, hazards: readonly JudgedHazard[]): ScopedRequirement {
  const [first, ...others] = hazards;
  if (first === undefined) return area;
  const because = `${area.requirement.because} This change ${told(first, others.length)}.`;
  return {
    ...area,
    scope: { ...area.scope, hazards: scopeOf(hazards) },
    requirement: { ...area.requirement, because },
  };
}

interface Asking {
  readonly kind: HazardKind;
  readonly mode: Requirement["mode"];
}

function hazardRequirementsOf(
  { kind, mode }: Asking,
  found: readonly Found[],
  change: Change,
): readonly ScopedRequirement[] {
  const places = found
    .filter(({ hazard, ...each }) => hazard.kind === kind && each.mode === mode)
    .flatMap(({ hazard, places }) => places.map((place) => ({ ...place, hazard })));
  return groupByOwners(places).map((group) => hazardRequirement({ kind, mode }, group, change));
}

/** A path that a hazard is about, and one of those who hold it. */
interface HazardPlace extends OwnedPath {
  readonly hazard: JudgedHazard;
}

function hazardRequirement(
  { kind, mode }: Asking,
  group: Group<HazardPlace>,
  change: Change,
): ScopedRequirement {
  const [{ hazard: first }] = group.places;
  const hazards = [...new Set(group.places.map(({ hazard }) => hazard))];
  const scope: Scope = {
    keep: "untouched",
    within: group.paths,
    hazards: scopeOf(hazards),
  };
  const who = change.ai ? `${whoTookPart(change)}, and it` : "This change";
  const { hazards: policy } = change.policy;
  const common = {
    area: NAMES[kind],
    countersignatures: Math.max(...hazards.map((hazard) => countOf(hazard, policy))),
    senior: policy[kind].senior,
    keep: scope.keep,
    mode,
    scope,
    because: `${who} ${told(first, hazards.length - 1)}.`,
  };
  return scopedRequirement(common, group);
}

function scopeOf(hazards: readonly JudgedHazard[]): ReadonlyMap<string, string> {
  return new Map(hazards.map((hazard) => [hazardKey(hazard), hazard.what]));
}

/** The larger number of those that the kind and the rule ask for. */
export function countOf({ id, kind }: JudgedHazard, policy: HazardPolicy): number {
  const setting = policy.rules.get(id);
  const own = setting !== undefined && "countersignatures" in setting ? setting.countersignatures : 0;
  return Math.max(policy[kind].countersignatures, own);
}

function told(first: JudgedHazard, others: number): string {
  const more = others === 0 ? "" : `, and ${others} more`;
  return `${hazardSentence(first)} (${hazardPlace(first)})${more}`;
}
