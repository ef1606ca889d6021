import type { AreaRule } from "../policy/policy.ts";
import { type AreaIndex, indexAreas } from "../production/touched.ts";
import type { ChangedFile } from "./snapshot.ts";

/** The changed paths, both ends of a rename, sorted and sorted out by area. */
export interface Ground {
  readonly index: AreaIndex;
  /** By the place of the area in the policy. */
  readonly paths: readonly (readonly string[])[];
  readonly outside: readonly string[];
}

export function groundOf(files: readonly ChangedFile[], areas: readonly AreaRule[]): Ground {
  const index = indexAreas(areas);
  const paths = areas.map((): string[] => []);
  const outside: string[] = [];
  for (const path of pathsOf(files)) {
    const places = index.of(path);
    if (places.length === 0) outside.push(path);
    for (const place of places) paths[place]?.push(path);
  }
  return { index, paths, outside };
}

function pathsOf(files: readonly ChangedFile[]): readonly string[] {
  const both = files.flatMap(({ path, previousPath }) =>
    previousPath === undefined ? [path] : [previousPath, path],
  );
  return [...new Set(both)].sort();
}
