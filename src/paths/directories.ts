import type { Budget } from "./budget.ts";
import { descend, type Place, rootPlace } from "./place.ts";
import type { Node } from "./trie.ts";

/** Directories that are kept in mind; a tree of half a million files has fewer. */
const REMEMBERED = 100_000;

/** The place of each directory, found once. */
export interface Directories {
  /** Of the directory that ends before the slash at `end`, or of the root where that is -1; `null`: out of budget. */
  placeOf(path: string, end: number): Place | null;
}

export function openDirectories(trie: Node, budget: Budget): Directories {
  const places = new Map<string, Place>();
  let root: Place | null = null;

  function rootOnce(): Place | null {
    if (root !== null) return root;
    budget.grant(0);
    const place = rootPlace(trie, budget);
    if (budget.settle()) root = place;
    return root;
  }

  function remember(directory: string, place: Place): void {
    if (places.size >= REMEMBERED) places.clear();
    places.set(directory, place);
  }

  return {
    placeOf(path, end) {
      let at = end;
      let place: Place | null | undefined;
      // The longest beginning that is known, …
      while (at !== -1) {
        place = places.get(path.slice(0, at));
        if (place !== undefined) break;
        at = at === 0 ? -1 : path.lastIndexOf("/", at - 1);
      }
      place ??= rootOnce();
      // … and from there on name by name.
      while (place !== null && at < end) {
        const start = at + 1;
        at = path.indexOf("/", start);
        budget.grant(place.steps);
        const next: Place = descend(place, { path, start, end: at }, budget);
        place = budget.settle() ? next : null;
        if (place !== null) remember(path.slice(0, at), place);
      }
      return place;
    },
  };
}
