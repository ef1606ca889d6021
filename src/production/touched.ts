import { createBoundedMatcher } from "../paths/matcher.ts";
import { type Pattern, parsePattern } from "../paths/pattern.ts";

interface Area {
  readonly name: string;
  readonly paths: readonly string[];
}

interface File {
  readonly path: string;
  readonly previousPath?: string;
}

/**
 * A step compares one character or one part of a path. A pattern with a wildcard takes about three for each character
 * of a path, others take a handful, so ordinary areas stay far below even for paths of 500 characters.
 */
const STEPS_PER_PATTERN = 500;
const STEPS_AT_LEAST = 5_000;

/**
 * The areas that a change touches, in the order given, each with the paths it touches there, without repeats.
 * Both ends of a rename count: a file moved out of an area has left it no less than one deleted there. A path that
 * costs too much to match counts as touched, so that neither patterns nor paths can wear the evaluation out.
 */
export function touchedAreas(areas: readonly Area[], files: readonly File[]): readonly Area[] {
  const changed = [...new Set(files.flatMap(bothEnds))];
  return areaMatchers(areas)
    .map(({ name, holds }) => ({ name, paths: changed.filter(holds) }))
    .filter(({ paths }) => paths.length > 0);
}

/** The areas ready to be asked about one path after the other, in the order given. */
export interface AreaMatcher {
  readonly name: string;
  readonly holds: (path: string) => boolean;
}

export function areaMatchers(areas: readonly Area[]): readonly AreaMatcher[] {
  return areas.map(({ name, paths }) => {
    const matcher = createBoundedMatcher(
      paths.flatMap(readPattern),
      STEPS_AT_LEAST + STEPS_PER_PATTERN * paths.length,
    );
    return { name, holds: (path) => matcher.lastMatch(path) !== -1 };
  });
}

function bothEnds({ path, previousPath }: File): readonly string[] {
  return previousPath === undefined ? [path] : [previousPath, path];
}

/** The policy refuses unreadable patterns; should one get here all the same, it covers every path. */
function readPattern(source: string): readonly Pattern[] {
  for (const candidate of [source, "**"]) {
    const parsed = parsePattern(candidate);
    if (parsed.ok) return [parsed.pattern];
  }
  return [];
}
