import type { AreaRule } from "../../policy/policy.ts";
import { BUILT_IN } from "../../production/built-in.ts";
import { linkedTree } from "../../production/links/read-as.ts";
import { type AreaIndex, indexAreas } from "../../production/touched.ts";
import { isTriedOut } from "../../production/tried-out.ts";
import type { ChangedFile, Snapshot } from "../snapshot.ts";

/** Of the repository: an area, by its place in the policy, or what no area asks for at every change. */
export type Part = number | "outside";

/** The changed paths, both ends of a rename, sorted and sorted out by area. */
export interface PathsByArea {
  readonly index: AreaIndex;
  /** All areas, in the order of the policy. */
  readonly areas: readonly AreaPaths[];
  readonly outside: readonly string[];
  /** The parts that a path belongs to, be it changed or not any more. */
  readonly partsOf: (path: string) => readonly Part[];
}

export interface AreaPaths {
  readonly rule: AreaRule;
  readonly place: number;
  readonly paths: readonly string[];
}

interface Filling extends AreaPaths {
  readonly paths: string[];
}

/** What a change consists of, and the links of the repository. */
export type ChangedTree = Pick<Snapshot, "files" | "links">;

export function groupByArea({ files, links = [] }: ChangedTree, rules: readonly AreaRule[]): PathsByArea {
  const index = indexAreas(rules, linkedTree(files, links));
  const areas = rules.map((rule, place): Filling => ({ rule, place, paths: [] }));
  const outside: string[] = [];
  for (const path of pathsOf(files)) {
    const places = index.of(path);
    if (places.length === 0) outside.push(path);
    for (const place of places) areas[place]?.paths.push(path);
  }
  const partsOf = (path: string): readonly Part[] => {
    const places = index.of(path);
    const own = places.flatMap((place) => rules[place] ?? []);
    return deciding(own).some((rule) => asksAlways(rule, path)) ? places : [...places, "outside"];
  };
  return { index, areas, outside, partsOf };
}

/** Those areas of a path that say what is left to a review: one that observes takes nothing from one that does not. */
function deciding(rules: readonly AreaRule[]): readonly AreaRule[] {
  const enforced = rules.filter(({ mode }) => mode === "enforce");
  return enforced.length > 0 ? enforced : rules;
}

/**
 * Whether an area asks for a path whatever is found in it. What only tests and examples need is asked for by its hazards,
 * unless somebody wrote something about the area.
 */
export function asksAlways({ when, origin }: AreaRule, path: string): boolean {
  return when === "always" && !(origin === BUILT_IN && isTriedOut(path));
}

function pathsOf(files: readonly ChangedFile[]): readonly string[] {
  const both = files.flatMap(({ path, previousPath }) =>
    previousPath === undefined ? [path] : [previousPath, path],
  );
  return [...new Set(both)].sort();
}
