import type { ChangedFile, Snapshot } from "../snapshot.ts";
import { generatedBy } from "./generated.ts";

/** How many lines a change adds and removes, path by path, as far as people read them. */
export interface ChangedLines {
  /** Of these paths; each file once, by either end of a rename. */
  in(paths: readonly string[]): number;
  /** Of what is generated among them. */
  generatedIn(paths: readonly string[]): number;
}

export function changedLines({ files, time }: Pick<Snapshot, "files" | "time">): ChangedLines {
  let read: ReturnType<typeof countedByPath> | null = null;
  const linesOf = (paths: readonly string[], generated: boolean) => {
    read ??= countedByPath(files, time?.attributes);
    const found = new Set(paths.flatMap((path) => read?.get(path) ?? []));
    return [...found]
      .filter(({ isGenerated }) => isGenerated === generated)
      .reduce((lines, { changed }) => lines + changed, 0);
  };
  return { in: (paths) => linesOf(paths, false), generatedIn: (paths) => linesOf(paths, true) };
}

interface Counted {
  readonly changed: number;
  readonly isGenerated: boolean;
}

/** A name may be that of one file before the change and that of another after it. */
function countedByPath(
  files: readonly ChangedFile[],
  attributes: string | undefined,
): ReadonlyMap<string, readonly Counted[]> {
  const isGenerated = generatedBy(attributes);
  const ends = files.flatMap(({ path, previousPath = path, additions, deletions }) => {
    // What only takes the name of a lock file was something else before.
    const generated = isGenerated(path) && isGenerated(previousPath);
    const counted: Counted = { changed: additions + deletions, isGenerated: generated };
    return [...new Set([path, previousPath])].map((end) => ({ end, counted }));
  });
  const byPath = Map.groupBy(ends, ({ end }) => end);
  return new Map([...byPath].map(([path, own]) => [path, own.map(({ counted }) => counted)]));
}
