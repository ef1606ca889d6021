import type { AreaRule, Policy } from "../policy/policy.ts";
import type { Scope } from "./coverage.ts";
import { type Ground, groundOf } from "./ground.ts";
import { type Held, type Holder, type Holders, heldAt, obstacleOf } from "./holders.ts";
import type { ChangedFile } from "./snapshot.ts";
import type { Requirement, TouchedArea } from "./verdict.ts";
import { quote } from "./visible.ts";
import { few } from "./words.ts";

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
  const areas = policy.areas
    .map(({ name }, place) => ({ name, paths: ground.paths[place] ?? [] }))
    .filter(({ paths }) => paths.length > 0);
  const required = policy.areas.flatMap((rule, place) =>
    ai || rule.appliesTo === "everyone" ? demandsOf({ rule, place }, ground, change) : [],
  );
  const outside = ai ? outsideDemands(ground, change) : [];
  return policy.review.block
    ? { areas, required: [...required, ...outside], courtesy: [] }
    : { areas, required, courtesy: outside.filter(({ obstacle }) => obstacle === null) };
}

interface Placed {
  readonly rule: AreaRule;
  readonly place: number;
}

function demandsOf({ rule, place }: Placed, ground: Ground, change: Change): readonly Demand[] {
  const paths = ground.paths[place] ?? [];
  const scope: Scope = { keep: rule.keep, holds: (path) => ground.index.of(path).includes(place) };
  const because = becauseOf(rule, change);
  const common = { ...rule, area: rule.name, scope, because };
  if (rule.from === "owners") return byHolder(paths, holdersIn(change)).map((group) => demand(common, group));
  const { holder, who } = heldAt(rule.origin, { kind: "held", owners: rule.from });
  return paths.length === 0 ? [] : [demand(common, { holder, who, sources: [rule.origin], paths })];
}

function outsideDemands({ index, outside }: Ground, change: Change): readonly Demand[] {
  const scope: Scope = { keep: "untouched", holds: (path) => index.of(path).length === 0 };
  const because = `${whoTookPart(change)}: outside production, an owner is asked to look.`;
  const common = { area: REVIEW, countersignatures: 1, senior: [], keep: scope.keep, scope, because };
  return byHolder(outside, holdersIn(change)).map((group) => demand(common, group));
}

function holdersIn({ holders }: Change): (path: string) => readonly Held[] {
  return (path) => [holders.of(path)];
}

/** Paths that the same people may sign for. */
export interface Group {
  readonly holder: Holder;
  readonly who: string;
  readonly sources: readonly string[];
  readonly paths: readonly string[];
}

/** The paths, which come sorted, by who holds them. */
export function byHolder(
  paths: readonly string[],
  holdersOf: (path: string) => readonly Held[],
): readonly Group[] {
  const groups = new Map<string, { holder: Holder; sources: Set<string>; paths: Set<string> }>();
  for (const path of paths) {
    for (const { who, holder, source } of holdersOf(path)) {
      const group = groups.get(who) ?? { holder, sources: new Set(), paths: new Set() };
      groups.set(who, group);
      group.sources.add(source);
      group.paths.add(path);
    }
  }
  return [...groups.keys()].toSorted().flatMap((who) => {
    const group = groups.get(who);
    if (group === undefined) return [];
    return [{ ...group, who, sources: [...group.sources].toSorted(), paths: [...group.paths] }];
  });
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
