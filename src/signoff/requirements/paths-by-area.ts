import type { AreaRule } from "../../policy/policy.ts";
import { type AreaIndex, indexAreas } from "../../production/touched.ts";
import type { ChangedFile } from "../snapshot.ts";

/** The changed paths, both ends of a rename, sorted and sorted out by area. */
export interface PathsByArea {
  readonly index: AreaIndex;
  /** All areas, in the order of the policy. */
  readonly areas: readonly AreaPaths[];
  readonly outside: readonly string[];
}

export interface AreaPaths {
  readonly rule: AreaRule;
  readonly place: number;
  readonly paths: readonly string[];
}

interface Filling extends AreaPaths {
  readonly paths: string[];
}

export function groupByArea(files: readonly ChangedFile[], rules: readonly AreaRule[]): PathsByArea {
  const index = indexAreas(rules);
  const areas = rules.map((rule, place): Filling => ({ rule, place, paths: [] }));
  const outside: string[] = [];
  for (const path of pathsOf(files)) {
    const places = index.of(path);
    if (places.length === 0) outside.push(path);
    for (const place of places) areas[place]?.paths.push(path);
  }
  return { index, areas, outside };
}

function pathsOf(files: readonly ChangedFile[]): readonly string[] {
  const both = files.flatMap(({ path, previousPath }) =>
    previousPath === undefined ? [path] : [previousPath, path],
  );
  return [...new Set(both)].sort();
}
