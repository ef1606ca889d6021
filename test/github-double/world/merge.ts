import { mergeBase } from "./history.ts";
import type { Files, ObjectStore } from "./objects.ts";

export type Merged =
  | { readonly conflict: false; readonly files: Files }
  | { readonly conflict: true; readonly paths: readonly string[] };

/** A three-way merge, file by file: a file both sides changed differently is a conflict. */
export function mergeFiles(store: ObjectStore, ours: string, theirs: string): Merged {
  const base = mergeBase(store, ours, theirs);
  const origin: Files = base === null ? new Map() : store.filesAt(base);
  const mine = store.filesAt(ours);
  const their = store.filesAt(theirs);
  const files = new Map(mine);
  const conflicts: string[] = [];
  for (const path of new Set([...origin.keys(), ...their.keys()])) {
    const [was, here, there] = [origin.get(path), mine.get(path), their.get(path)].map(key);
    if (there === was || there === here) continue;
    if (here !== was) {
      conflicts.push(path);
      continue;
    }
    const entry = their.get(path);
    if (entry) files.set(path, entry);
    else files.delete(path);
  }
  return conflicts.length > 0 ? { conflict: true, paths: conflicts } : { conflict: false, files };
}

function key(entry: { readonly mode: string; readonly sha: string } | undefined): string {
  return entry ? `${entry.mode} ${entry.sha}` : "";
}
