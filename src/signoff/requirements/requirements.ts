import type { AreaRule, Policy } from "../../policy/policy.ts";
import type { ChangedFile } from "../snapshot.ts";
import type { Requirement, TouchedArea } from "../verdict.ts";
import { quote } from "../wording/visible.ts";
import { listFirst } from "../wording/words.ts";
import type { Scope } from "./coverage.ts";
import { type OwnersAt, type OwnersLookup, obstacleOf, ownersAt, type PathOwners } from "./path-owners.ts";
import { type AreaPaths, groupByArea, type PathsByArea } from "./paths-by-area.ts";

/** A requirement with what its countersignatures must cover. */
export interface ScopedRequirement {
  readonly requirement: Requirement;
  readonly scope: Scope;
  /** Who holds its paths: the same for the same people. */
  readonly ownersKey: string;
  /** What must be fixed before anybody can sign; `null` when people can. */
  readonly obstacle: string | null;
}

export interface ScopedRequirements {
  readonly areas: readonly TouchedArea[];
  readonly required: readonly ScopedRequirement[];
  /** Asked for, not required. */
  readonly optionalReviews: readonly ScopedRequirement[];
}

export interface Change {
  readonly files: readonly ChangedFile[];
  readonly policy: Policy;
  readonly ownersLookup: OwnersLookup;
  /** Whether an AI took part, and the tools that are known to have. */
  readonly ai: boolean;
  readonly tools: readonly string[];
}

/** The name under which AI changes outside all areas are signed; no area can have a blank in its name. */
export const REVIEW = "outside production";

export function findRequirements(change: Change): ScopedRequirements {
  const { policy, ai } = change;
  const ground = groupByArea(change.files, policy.areas);
  const touched = ground.areas.filter(({ paths }) => paths.length > 0);
  const areas = touched.map(({ rule, paths }) => ({ name: rule.name, paths }));
  const required = touched.flatMap((area) =>
    ai || area.rule.appliesTo === "everyone" ? areaRequirements(area, ground, change) : [],
  );
  const outside = ai ? outsideRequirements(ground, change) : [];
  return policy.review.block
    ? { areas, required: [...required, ...outside], optionalReviews: [] }
    : { areas, required, optionalReviews: outside.filter(({ obstacle }) => obstacle === null) };
}

function areaRequirements(
  { rule, place, paths }: AreaPaths,
  { index }: PathsByArea,
  change: Change,
): readonly ScopedRequirement[] {
  const scope: Scope = { keep: rule.keep, holds: (path) => index.of(path).includes(place) };
  const because = becauseOf(rule, change);
  const common = { ...rule, area: rule.name, scope, because };
  const { from, origin } = rule;
  const listed = from === "owners" ? null : ownersAt(origin, { kind: "owned", owners: from });
  const owned = paths.map((path) => ({ path, ownersAt: listed ?? change.ownersLookup.of(path) }));
  return groupByOwners(owned).map((group) => scopedRequirement(common, group));
}

function outsideRequirements({ index, outside }: PathsByArea, change: Change): readonly ScopedRequirement[] {
  const scope: Scope = { keep: "untouched", holds: (path) => index.of(path).length === 0 };
  const because = `${whoTookPart(change)}: outside production, an owner's review is requested.`;
  const common = { area: REVIEW, countersignatures: 1, senior: [], keep: scope.keep, scope, because };
  const owned = outside.map((path) => ({ path, ownersAt: change.ownersLookup.of(path) }));
  return groupByOwners(owned).map((group) => scopedRequirement(common, group));
}

/** Paths that the same people may sign for. */
export interface Group {
  readonly owners: PathOwners;
  readonly ownersKey: string;
  readonly sources: readonly string[];
  readonly paths: readonly string[];
}

/** A path and one of those who hold it. */
export interface OwnedPath {
  readonly path: string;
  readonly ownersAt: OwnersAt;
}

/** Paths by who holds them, both sorted. */
export function groupByOwners(places: readonly OwnedPath[]): readonly Group[] {
  const groups = new Map<string, { owners: PathOwners; sources: Set<string>; paths: Set<string> }>();
  for (const { path, ownersAt } of places) {
    const { ownersKey, owners, source } = ownersAt;
    const group = groups.get(ownersKey) ?? { owners, sources: new Set(), paths: new Set() };
    groups.set(ownersKey, group);
    group.sources.add(source);
    group.paths.add(path);
  }
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([ownersKey, { owners, sources, paths }]) => ({
      owners,
      ownersKey,
      sources: [...sources].toSorted(),
      paths: [...paths].toSorted(),
    }));
}

type Common = Pick<AreaRule, "countersignatures" | "senior" | "keep"> &
  Pick<Requirement, "area" | "because"> & { readonly scope: Scope };

export function scopedRequirement(
  common: Common,
  { owners: pathOwners, ownersKey, sources, paths }: Group,
): ScopedRequirement {
  const { area, countersignatures, senior, keep, because, scope } = common;
  const owners = pathOwners.kind === "owned" ? pathOwners.owners : [];
  const requirement: Requirement = {
    id: `${area}: ${ownersKey}`,
    area,
    count: countersignatures,
    from: { owners, paths, source: listFirst(sources) },
    senior,
    keep,
    because,
  };
  return { requirement, scope, ownersKey, obstacle: obstacleOf(pathOwners, paths) };
}

function becauseOf({ name, appliesTo, origin }: AreaRule, change: Change): string {
  if (appliesTo === "everyone")
    return `Every change to ${quote(name)} needs a countersignature (${quote(origin)}).`;
  return `${whoTookPart(change)}, and it touches ${quote(name)} (${quote(origin)}).`;
}

export function whoTookPart({ tools }: Pick<Change, "tools">): string {
  const [tool] = tools;
  if (tool === undefined) return "This change counts as AI-authored, because nothing shows who wrote it";
  return `${listFirst(tools)} took part in this change`;
}
