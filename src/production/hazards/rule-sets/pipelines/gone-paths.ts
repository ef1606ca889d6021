import type { FileChange } from "../../reading/change.ts";
import { type Tree, textOf } from "../../reading/tree.ts";

/** Where the files that are there no more went, if anywhere. */
export type Gone = ReadonlyMap<string, string | undefined>;

export function goneIn(files: readonly FileChange[]): Gone {
  const gone = new Map(
    files.flatMap(({ status, path, previousPath }): readonly (readonly [string, string | undefined])[] => {
      if (status === "removed") return [[path, undefined]];
      return status === "renamed" && previousPath !== undefined ? [[previousPath, path]] : [];
    }),
  );
  for (const { path, status } of files) if (status !== "removed") gone.delete(path);
  return gone;
}

/** A pattern that is the path of a file that is there no more lets nothing through; of one that moved, its new path does. */
export function without(patterns: Tree | undefined, gone: Gone): Tree | undefined {
  if (patterns?.kind !== "list") return patterns;
  const items = patterns.items.flatMap((item) => {
    const path = textOf(item);
    if (!gone.has(path)) return item;
    const next = gone.get(path);
    return next === undefined || item.kind !== "scalar" ? [] : { ...item, value: next };
  });
  return { ...patterns, items };
}
