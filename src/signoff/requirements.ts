import { type OwnerRef, ownerKey } from "../ownership/owner.ts";
import type { AreaRule, Policy } from "../policy/policy.ts";
import { touchedAreas } from "../production/touched.ts";
import type { Scope } from "./coverage.ts";
import { type Holder, type Holders, obstacleOf } from "./holders.ts";
import type { ChangedFile } from "./snapshot.ts";
import type { Requirement, TouchedArea } from "./verdict.ts";
import { quote } from "./visible.ts";
import { few } from "./words.ts";

/** A requirement with what its countersignatures must cover. */
export interface Demand {
  readonly requirement: Requirement;
  readonly scope: Scope;
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
  const { policy, files, ai } = change;
  const areas = touchedAreas(policy.areas, files).map(({ name, paths }) => ({
    name,
    paths: paths.toSorted(),
  }));
  const required = policy.areas
    .filter(({ appliesTo }) => ai || appliesTo === "everyone")
    .flatMap((rule) => demandsOf(rule, change));
  const outside = ai ? outsideDemands(change) : [];
  return policy.review.block
    ? { areas, required: [...required, ...outside], courtesy: [] }
    : { areas, required, courtesy: outside.filter(({ obstacle }) => obstacle === null) };
}

function demandsOf(rule: AreaRule, change: Change): readonly Demand[] {
  const scope: Scope = { keep: rule.keep, within: (paths) => pathsIn([rule], paths) };
  const paths = scope.within(pathsOf(change.files));
  const because = becauseOf(rule, change);
  const common = { ...rule, area: rule.name, scope, because };
  if (rule.from === "owners") return byHolder(paths, change).map((group) => demand(common, group));
  const listed: Group = { holder: { kind: "held", owners: rule.from }, sources: [rule.origin], paths };
  return paths.length === 0 ? [] : [demand(common, listed)];
}

function outsideDemands(change: Change): readonly Demand[] {
  const { areas } = change.policy;
  const scope: Scope = {
    keep: "untouched",
    within: (paths) => {
      const inside = new Set(pathsIn(areas, paths));
      return paths.filter((path) => !inside.has(path));
    },
  };
  const because = `${whoTookPart(change)}: outside production, an owner is asked to look.`;
  const common = { area: REVIEW, countersignatures: 1, senior: [], keep: scope.keep, scope, because };
  return byHolder(scope.within(pathsOf(change.files)), change).map((group) => demand(common, group));
}

function pathsOf(files: readonly ChangedFile[]): readonly string[] {
  return [
    ...new Set(
      files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [path] : [previousPath, path])),
    ),
  ];
}

function pathsIn(areas: readonly AreaRule[], paths: readonly string[]): readonly string[] {
  const touched = touchedAreas(
    areas,
    paths.map((path) => ({ path })),
  );
  return [...new Set(touched.flatMap((area) => area.paths))];
}

/** Paths that the same people may sign for. */
interface Group {
  readonly holder: Holder;
  readonly sources: readonly string[];
  readonly paths: readonly string[];
}

function byHolder(paths: readonly string[], { holders }: Change): readonly Group[] {
  const held = paths.toSorted().map((path) => ({ path, ...holders.of(path) }));
  const groups = Map.groupBy(held, ({ holder }) => keyOf(holder));
  return [...groups.keys()].toSorted().flatMap((key) => {
    const [first, ...rest] = groups.get(key) ?? [];
    if (first === undefined) return [];
    const all = [first, ...rest];
    const sources = [...new Set(all.map(({ source }) => source))].toSorted();
    return [{ holder: first.holder, sources, paths: all.map(({ path }) => path) }];
  });
}

/** The same for the same people, in whatever order they are written. */
function keyOf(holder: Holder): string {
  if (holder.kind === "held") return ownersKey(holder.owners);
  return holder.kind === "invalid" ? `line ${holder.line}` : holder.kind;
}

function ownersKey(owners: readonly OwnerRef[]): string {
  return [...new Set(owners.map(ownerKey))].toSorted().join(" ");
}

type Common = Pick<AreaRule, "countersignatures" | "senior" | "keep"> &
  Pick<Requirement, "area" | "because"> & { readonly scope: Scope };

function demand(common: Common, { holder, sources, paths }: Group): Demand {
  const { area, countersignatures, senior, keep, because, scope } = common;
  const owners = holder.kind === "held" ? holder.owners : [];
  const requirement: Requirement = {
    id: `${area}: ${keyOf(holder)}`,
    area,
    count: countersignatures,
    from: { owners, paths, source: few(sources) },
    senior,
    keep,
    because,
  };
  return { requirement, scope, obstacle: obstacleOf(holder, paths) };
}

function becauseOf({ name, appliesTo, origin }: AreaRule, change: Change): string {
  if (appliesTo === "everyone") return `Every change to ${quote(name)} needs it (${quote(origin)}).`;
  return `${whoTookPart(change)}, and it touches ${quote(name)} (${quote(origin)}).`;
}

function whoTookPart({ tools }: Change): string {
  const [tool] = tools;
  if (tool === undefined) return "This change counts as AI-authored, because nothing says who wrote it";
  return `${few(tools)} took part in this change`;
}
