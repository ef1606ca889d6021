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
  const isGenerated = generatedBy(time?.attributes);
  const byPath = new Map<string, ChangedFile>();
  for (const file of files) {
    if (file.previousPath !== undefined) byPath.set(file.previousPath, file);
    byPath.set(file.path, file);
  }
  const linesOf = (paths: readonly string[], generated: boolean) => {
    const found = new Set(paths.flatMap((path) => byPath.get(path) ?? []));
    const counted = [...found].filter(
      // What only takes the name of a lock file was something else before.
      ({ path, previousPath = path }) => (isGenerated(path) && isGenerated(previousPath)) === generated,
    );
    return counted.reduce((lines, { additions, deletions }) => lines + additions + deletions, 0);
  };
  return { in: (paths) => linesOf(paths, false), generatedIn: (paths) => linesOf(paths, true) };
}
