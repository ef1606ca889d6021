import type { AreaRule, Policy } from "../../policy/policy.ts";
import { CONTROL_FILES } from "../../production/control-files.ts";
import { nameThroughLink } from "../../production/links/read-as.ts";
import type { Requirement, TouchedArea } from "../verdict.ts";
import { readThroughLinks } from "../wording/links.ts";
import { quote } from "../wording/visible.ts";
import { listFirst, listFirstQuoted } from "../wording/words.ts";
import { type AskedPaths, askedPaths, type FoundChange } from "./asked-paths.ts";
import type { Scope } from "./coverage.ts";
import { type OwnersAt, type OwnersLookup, obstacleOf, ownersAt, type PathOwners } from "./path-owners.ts";
import type { AreaPaths } from "./paths-by-area.ts";

/** A requirement with what its countersignatures must cover. */
export interface ScopedRequirement {
  readonly requirement: Requirement;
  readonly scope: Scope;
  /** Who holds its paths: the same for the same people. */
  readonly ownersKey: string;
  /** What must be fixed before anybody can sign; `null` when people can. */
  readonly obstacle: string | null;
  /** One countersignature more is asked for, where somebody could give it. */
  readonly extra?: true;
}

export interface ScopedRequirements {
  readonly areas: readonly TouchedArea[];
  readonly required: readonly ScopedRequirement[];
  /** Asked for, not required. */
  readonly optionalReviews: readonly ScopedRequirement[];
}

export interface Change extends FoundChange {
  readonly policy: Policy;
  readonly ownersLookup: OwnersLookup;
  /** Whether an AI took part, and the tools that are known to have. */
  readonly ai: boolean;
  readonly tools: readonly string[];
}

/** The name under which AI changes outside all areas are signed; no area can have a blank in its name. */
export const REVIEW = "outside production";

export function findRequirements(change: Change): ScopedRequirements {
  const { policy, ground, ai } = change;
  const touched = ground.areas.filter(({ paths }) => paths.length > 0);
  const areas = touched.map(({ rule, paths }) => ({ name: rule.name, paths }));
  const governed = touched.filter(({ rule }) => ai || rule.appliesTo === "everyone");
  const judged = governed.map((area) => ({ area, found: askedPaths(area, change) }));
  const required = judged.flatMap(({ area, found }) => areaRequirements(area, found, change));
  const unsigned = { outside: ai ? ground.outside : [], left: leftOf(judged, ai) };
  const reviews = reviewRequirements(unsigned, change);
  return ai && policy.review.block
    ? { areas, required: [...required, ...reviews], optionalReviews: [] }
    : { areas, required, optionalReviews: reviews.filter(({ obstacle }) => obstacle === null) };
}

interface JudgedArea {
  readonly area: AreaPaths;
  readonly found: AskedPaths;
}

/** What areas do not ask for. One that observes takes nothing from what one that does not leaves to a review. */
function leftOf(judged: readonly JudgedArea[], ai: boolean): readonly string[] {
  const askedBy = (areas: readonly JudgedArea[]) => new Set(areas.flatMap(({ found }) => found.asked));
  const asked = {
    enforce: askedBy(judged.filter(({ area }) => area.rule.mode === "enforce")),
    observe: askedBy(judged),
  };
  const left = judged.flatMap(({ area: { rule, paths }, found }) =>
    (ai ? paths : found.shown).filter((path) => !asked[rule.mode].has(path)),
  );
  return [...new Set(left)];
}

function areaRequirements(
  { rule, place }: AreaPaths,
  { asked: paths, why }: AskedPaths,
  change: Change,
): readonly ScopedRequirement[] {
  const scope: Scope = { keep: rule.keep, within: place };
  const readAs = rule.name === CONTROL_FILES ? change.ground.index.readAs : () => null;
  const because = `${becauseOf(rule, change)}${readThroughLinks(paths, readAs)}${why}`;
  const common = { ...rule, area: rule.name, scope, because };
  const { from, origin } = rule;
  const listed = from === "owners" ? null : ownersAt(origin, { kind: "owned", owners: from });
  // Whoever owns the name under which a file is read has a say as well.
  const read = new Set(paths.flatMap((path) => [path, nameThroughLink(readAs(path)) ?? path]));
  const owned = [...read].map((path) => ({ path, ownersAt: listed ?? change.ownersLookup.of(path) }));
  return groupByOwners(owned).map((group) => scopedRequirement(common, group));
}

/** Paths that need no countersignature: outside all areas, or within areas that found no reason to ask for one. */
interface Unsigned {
  readonly outside: readonly string[];
  readonly left: readonly string[];
}

function reviewRequirements({ outside, left }: Unsigned, change: Change): readonly ScopedRequirement[] {
  const scope: Scope = { keep: "untouched", within: "outside" };
  const who = change.ai ? whoTookPart(change) : "A person made this change";
  const where = left.length === 0 ? "outside production" : "where no countersignature is needed";
  const none = left.length === 0 ? "" : ` No hazard was found in ${listFirstQuoted(left, SHOWN)}.`;
  const because = `${who}: ${where}, an owner's review is requested.${none}`;
  const common = {
    ...{ area: REVIEW, countersignatures: 1, senior: [], mode: "enforce" as const },
    ...{ keep: scope.keep, scope, because },
  };
  const owned = [...outside, ...left].map((path) => ({ path, ownersAt: change.ownersLookup.of(path) }));
  return groupByOwners(owned).map((group) => scopedRequirement(common, group));
}

/** Enough to see what it is about. */
const SHOWN = 3;

/** Paths that the same people may sign for. */
export interface Group<Place extends OwnedPath = OwnedPath> {
  readonly owners: PathOwners;
  readonly ownersKey: string;
  readonly sources: readonly string[];
  readonly paths: readonly string[];
  readonly places: readonly [Place, ...Place[]];
}

/** A path and one of those who hold it. */
export interface OwnedPath {
  readonly path: string;
  readonly ownersAt: OwnersAt;
}

/** Paths by who holds them, both sorted. */
export function groupByOwners<Place extends OwnedPath>(places: readonly Place[]): readonly Group<Place>[] {
  const groups = Map.groupBy(places, ({ ownersAt }) => ownersAt.ownersKey);
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([ownersKey, own]) => ({
      owners: own[0].ownersAt.owners,
      ownersKey,
      sources: [...new Set(own.map(({ ownersAt }) => ownersAt.source))].toSorted(),
      paths: [...new Set(own.map(({ path }) => path))].toSorted(),
      places: own,
    }));
}

type Common = Pick<AreaRule, "countersignatures" | "senior" | "keep" | "mode"> &
  Pick<Requirement, "area" | "because"> & { readonly scope: Scope };

export function scopedRequirement(
  common: Common,
  { owners: pathOwners, ownersKey, sources, paths }: Group,
): ScopedRequirement {
  const { area, countersignatures, senior, keep, mode, because, scope } = common;
  const owners = pathOwners.kind === "owned" ? pathOwners.owners : [];
  const requirement: Requirement = {
    id: `${area}${mode === "observe" ? " (observed)" : ""}: ${ownersKey}`,
    area,
    count: countersignatures,
    from: { owners, paths, source: listFirst(sources) },
    senior,
    keep,
    mode,
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
