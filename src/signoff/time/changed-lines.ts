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
  const ends = files.flatMap((file) => {
    const { path, previousPath = path, additions, deletions } = file;
    // What only takes the name of a lock file was something else before.
    const generated = isGenerated(path) && isGenerated(previousPath);
    const counted: Counted = { changed: additions + deletions || untold(file), isGenerated: generated };
    return [...new Set([path, previousPath])].map((end) => ({ end, counted }));
  });
  const byPath = Map.groupBy(ends, ({ end }) => end);
  return new Map([...byPath].map(([path, own]) => [path, own.map(({ counted }) => counted)]));
}

/**
 * Of a file of which GitHub counts none. A change may bring a `.gitattributes` by which git takes text for binary, so its
 * texts count, where they were read: the lines that one of them has more often than the other.
 */
function untold({ before, after }: ChangedFile): number {
  if (before === after) return 0;
  const surplus = new Map<string, number>();
  for (const line of linesOf(before)) surplus.set(line, (surplus.get(line) ?? 0) - 1);
  for (const line of linesOf(after)) surplus.set(line, (surplus.get(line) ?? 0) + 1);
  return surplus.values().reduce((sum, each) => sum + Math.abs(each), 0);
}

/** The end of the last one begins no other. */
function linesOf(text: string | null | undefined): readonly string[] {
  return (text ?? "").split("\n").filter((line, index, all) => line !== "" || index < all.length - 1);
}
