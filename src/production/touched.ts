import { anyMatches, readPatterns } from "./area-patterns.ts";
import { asFound, CONTROL_FILES } from "./control-files.ts";
import { createReadAs, type LinkedTree, NO_LINKS, type ReadAs } from "./links/read-as.ts";
import { folderOf, markOf, marksOf } from "./path-marks.ts";

interface Area {
  readonly name: string;
  readonly paths: readonly string[];
}

interface File {
  readonly path: string;
  readonly previousPath?: string;
}

/**
 * The areas that a change touches, in the order given, each with the paths it touches there, without repeats.
 * Both ends of a rename count: a file moved out of an area has left it no less than one deleted there. A path that
 * costs too much to match counts as touched, so that neither patterns nor paths can wear the evaluation out.
 */
export function touchedAreas(areas: readonly Area[], files: readonly File[]): readonly Area[] {
  const index = indexAreas(areas);
  const touched = areas.map(({ name }): { readonly name: string; readonly paths: string[] } => ({
    name,
    paths: [],
  }));
  for (const path of new Set(files.flatMap(bothEnds))) {
    for (const place of index.of(path)) touched[place]?.paths.push(path);
  }
  return touched.filter(({ paths }) => paths.length > 0);
}

/** Which areas hold a path, by their places in the list, in order. */
export interface AreaIndex {
  readonly of: (path: string) => readonly number[];
  /** How it is read as a control file although its name is none's. */
  readonly readAs: (path: string) => ReadAs | null;
  /** Whether links lead to it, whatever its own name is. */
  readonly isLinked: (path: string) => boolean;
}

/** Control files are looked for as a disk does that does not tell letters apart by case, and through links. */
export function indexAreas(areas: readonly Area[], tree: LinkedTree = NO_LINKS): AreaIndex {
  const exact = indexExactly(areas.map((area) => (isControl(area) ? { ...area, paths: [] } : area)));
  const found = indexExactly(
    areas.map((area) => (isControl(area) ? asWanted(area) : { ...area, paths: [] })),
  );
  const places = areas.flatMap((area, place) => (isControl(area) ? [place] : []));
  const linked = createReadAs(
    areas.filter(isControl).flatMap(({ paths }) => paths),
    tree,
  );
  const controlOf = (path: string): readonly number[] => {
    const named = found.of(asFound(path));
    return named.length === 0 && linked(path) !== null ? places : named;
  };
  const ofPath = (path: string): readonly number[] => {
    const control = controlOf(path);
    return control.length === 0 ? exact.of(path) : [...exact.of(path), ...control].sort(inOrder);
  };
  // Each approval and requirement asks about every path again.
  const known = new Map<string, readonly number[]>();
  return {
    of(path) {
      const places = known.get(path) ?? ofPath(path);
      known.set(path, places);
      return places;
    },
    readAs: (path) => {
      const how = linked(path);
      return how !== null && found.of(asFound(path)).length === 0 ? how : null;
    },
    isLinked: (path) => linked(path) !== null,
  };
}

function isControl({ name }: Area): boolean {
  return name === CONTROL_FILES;
}

/** By the list that a policy names, so that what is wanted is the very same list each time. */
const WANTED = new WeakMap<readonly string[], readonly string[]>();

function asWanted({ name, paths }: Area): Area {
  const wanted = WANTED.get(paths) ?? paths.map(asFound);
  WANTED.set(paths, wanted);
  return { name, paths: wanted };
}

/**
 * Asks an area about a path only when the path has what one of the area's patterns cannot do without, so that fifty
 * areas cost little more than one.
 */
function indexExactly(areas: readonly Area[]): Pick<AreaIndex, "of"> {
  const matchers = exactMatchers(areas);
  const byMark = new Map<string, Set<number>>();
  areas.forEach(({ paths }, place) => {
    for (const mark of readPatterns(paths).map(markOf)) {
      byMark.set(mark, (byMark.get(mark) ?? new Set<number>()).add(place));
    }
  });
  const candidates = new Map<string, ReadonlySet<number>>();
  const candidatesOf = (path: string): ReadonlySet<number> => {
    const inherited = path === "" ? NONE : inheritedBy(folderOf(path));
    let all: Set<number> | undefined;
    for (const mark of marksOf(path)) {
      for (const place of byMark.get(mark) ?? NONE) {
        if (!inherited.has(place)) all = (all ?? new Set(inherited)).add(place);
      }
    }
    return all ?? inherited;
  };
  const inheritedBy = (folder: string): ReadonlySet<number> => {
    const known = candidates.get(folder) ?? candidatesOf(folder);
    candidates.set(folder, known);
    return known;
  };
  return {
    of(path) {
      const held: number[] = [];
      for (const place of candidatesOf(path)) if (matchers[place]?.holds(path)) held.push(place);
      return held.length > 1 ? held.sort(inOrder) : held;
    },
  };
}

const NONE: ReadonlySet<number> = new Set();

function inOrder(one: number, other: number): number {
  return one - other;
}

/** The areas ready to be asked about one path after the other, in the order given. */
export interface AreaMatcher {
  readonly name: string;
  readonly holds: (path: string) => boolean;
}

export function areaMatchers(areas: readonly Area[]): readonly AreaMatcher[] {
  const matchers = exactMatchers(areas.map((area) => (isControl(area) ? asWanted(area) : area)));
  return matchers.map(({ name, holds }, place) => {
    const area = areas[place];
    return area && isControl(area) ? { name, holds: (path) => holds(asFound(path)) } : { name, holds };
  });
}

function exactMatchers(areas: readonly Area[]): readonly AreaMatcher[] {
  return areas.map(({ name, paths }) => ({ name, holds: anyMatches(readPatterns(paths)) }));
}

function bothEnds({ path, previousPath }: File): readonly string[] {
  return previousPath === undefined ? [path] : [previousPath, path];
}
