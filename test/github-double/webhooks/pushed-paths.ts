import type { Commit, ObjectStore } from "../world/objects.ts";

/** What a commit did to which paths, as a `push` tells it: against its first parent, a rename as removed and added. */
export function pushedPaths(store: ObjectStore, { sha, parents: [parent] }: Commit) {
  const before = parent === undefined ? new Map() : store.filesAt(parent);
  const after = store.filesAt(sha);
  return {
    added: [...after.keys()].filter((path) => !before.has(path)),
    removed: [...before.keys()].filter((path) => !after.has(path)),
    modified: [...after].flatMap(([path, entry]) => {
      const old = before.get(path);
      return old && (old.sha !== entry.sha || old.mode !== entry.mode) ? [path] : [];
    }),
  };
}
