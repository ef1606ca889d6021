import { asFound } from "../control-files.ts";
import type { LinkAt } from "./link.ts";

/** Links by their paths as {@link asFound} writes them; several links may have one. */
export interface SortedLinks {
  readonly all: readonly FoundLink[];
  readonly at: (path: string) => readonly LinkAt[];
  /** Those in a folder, and in the folders below it. */
  readonly below: (folder: string) => readonly FoundLink[];
}

interface FoundLink {
  readonly found: string;
  readonly link: LinkAt;
}

export function sortLinks(links: readonly LinkAt[]): SortedLinks {
  const all = links
    .map((link) => ({ found: asFound(link.path), link }))
    .toSorted((one, other) => (one.found < other.found ? -1 : 1));
  const byPath = Map.groupBy(all, ({ found }) => found);
  const at = new Map([...byPath].map(([path, group]) => [path, group.map(({ link }) => link)]));
  const indexOf = (path: string): number => firstFrom(all, path);
  return {
    all,
    at: (path) => at.get(path) ?? [],
    // The character after a slash is a nought.
    below: (folder) => (folder === "" ? all : all.slice(indexOf(`${folder}/`), indexOf(`${folder}0`))),
  };
}

/** The place of the first link whose path is not before this one. */
function firstFrom(links: readonly FoundLink[], path: string): number {
  let [low, high] = [0, links.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((links[middle]?.found ?? path) < path) low = middle + 1;
    else high = middle;
  }
  return low;
}
