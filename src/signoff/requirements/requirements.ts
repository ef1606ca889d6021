import type { AreaRule, Policy } from "../../policy/policy.ts";
import type { ChangedFile } from "../snapshot.ts";
import type { Requirement, TouchedArea } from "../verdict.ts";
import { quote } from "../wording/visible.ts";
import { few } from "../wording/words.ts";
import type { Scope } from "./coverage.ts";
import { type Held, type Holder, type Holders, heldAt, obstacleOf } from "./path-owners.ts";
import { type Ground, type GroundArea, groundOf } from "./paths-by-area.ts";

/** A requirement with what its countersignatures must cover. */
export interface Demand {
  readonly requirement: Requirement;
  readonly scope: Scope;
  /** Who holds its paths: the same for the same people. */
  readonly who: string;
  /** What must be mended before anybody can sign; `null` when people can. */
  readonly obstacle: string | null;
}

export interface Demands {
  readonly areas: readonly TouchedArea[];
  readonly required: readonly Demand[];
  /** Asked for, not required. */
  readonly courtesy: readonly Demand[];
}

export interface Change {
  readonly files: readonly ChangedFile[];
  readonly policy: Policy;
  readonly holders: Holders;
  /** Whether an AI took part, and the tools that are known to have. */
  readonly ai: boolean;
  readonly tools: readonly string[];
}

/** The name under which AI changes outside all areas are signed; no area can have a blank in its name. */
export const REVIEW = "outside production";

export function findDemands(change: Change): Demands {
  const { policy, ai } = change;
  const ground = groundOf(change.files, policy.areas);
  const touched = ground.areas.filter(({ paths }) => paths.length > 0);
  const areas = touched.map(({ rule, paths }) => ({ name: rule.name, paths }));
  const required = touched.flatMap((area) =>
    ai || area.rule.appliesTo === "everyone" ? demandsOf(area, ground, change) : [],
  );
  const outside = ai ? outsideDemands(ground, change) : [];
  return policy.review.block
    ? { areas, required: [...required, ...outside], courtesy: [] }
    : { areas, required, courtesy: outside.filter(({ obstacle }) => obstacle === null) };
}

function demandsOf({ rule, place, paths }: GroundArea, { index }: Ground, change: Change): readonly Demand[] {
  const scope: Scope = { keep: rule.keep, holds: (path) => index.of(path).includes(place) };
  const because = becauseOf(rule, change);
  const common = { ...rule, area: rule.name, scope, because };
  const { from, origin } = rule;
  const listed = from === "owners" ? null : heldAt(origin, { kind: "held", owners: from });
  const held = paths.map((path) => ({ path, held: listed ?? change.holders.of(path) }));
  return byHolder(held).map((group) => demand(common, group));
}

function outsideDemands({ index, outside }: Ground, change: Change): readonly Demand[] {
  const scope: Scope = { keep: "untouched", holds: (path) => index.of(path).length === 0 };
  const because = `${whoTookPart(change)}: outside production, an owner is asked to look.`;
  const common = { area: REVIEW, countersignatures: 1, senior: [], keep: scope.keep, scope, because };
  const held = outside.map((path) => ({ path, held: change.holders.of(path) }));
  return byHolder(held).map((group) => demand(common, group));
}

/** Paths that the same people may sign for. */
export interface Group {
  readonly holder: Holder;
  readonly who: string;
  readonly sources: readonly string[];
  readonly paths: readonly string[];
}

/** A path and one of those who hold it. */
export interface HeldPath {
  readonly path: string;
  readonly held: Held;
}

/** Paths by who holds them, both sorted. */
export function byHolder(places: readonly HeldPath[]): readonly Group[] {
  const groups = new Map<string, { holder: Holder; sources: Set<string>; paths: Set<string> }>();
  for (const { path, held } of places) {
    const { who, holder, source } = held;
    const group = groups.get(who) ?? { holder, sources: new Set(), paths: new Set() };
    groups.set(who, group);
    group.sources.add(source);
    group.paths.add(path);
  }
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([who, { holder, sources, paths }]) => ({
      holder,
      who,
      sources: [...sources].toSorted(),
      paths: [...paths].toSorted(),
    }));
}

type Common = Pick<AreaRule, "countersignatures" | "senior" | "keep"> &
  Pick<Requirement, "area" | "because"> & { readonly scope: Scope };

export function demand(common: Common, { holder, who, sources, paths }: Group): Demand {
  const { area, countersignatures, senior, keep, because, scope } = common;
  const owners = holder.kind === "held" ? holder.owners : [];
  const requirement: Requirement = {
    id: `${area}: ${who}`,
    area,
    count: countersignatures,
    from: { owners, paths, source: few(sources) },
    senior,
    keep,
    because,
  };
  return { requirement, scope, who, obstacle: obstacleOf(holder, paths) };
}

function becauseOf({ name, appliesTo, origin }: AreaRule, change: Change): string {
  if (appliesTo === "everyone") return `Every change to ${quote(name)} needs it (${quote(origin)}).`;
  return `${whoTookPart(change)}, and it touches ${quote(name)} (${quote(origin)}).`;
}

export function whoTookPart({ tools }: Pick<Change, "tools">): string {
  const [tool] = tools;
  if (tool === undefined) return "This change counts as AI-authored, because nothing says who wrote it";
  return `${few(tools)} took part in this change`;
}
