import { createMatcher } from "../paths/matcher.ts";
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
 * The areas that a change touches, in the order given, each with the paths it touches there, without repeats.
 * Both ends of a rename count: a file moved out of an area has left it no less than one deleted there.
 */
export function touchedAreas(areas: readonly Area[], files: readonly File[]): readonly Area[] {
  const changed = [...new Set(files.flatMap(bothEnds))];
  return areas
    .map(({ name, paths }) => {
      const matcher = createMatcher(paths.flatMap(readPattern));
      return { name, paths: changed.filter((path) => matcher.matches(path)) };
    })
    .filter(({ paths }) => paths.length > 0);
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
