import { placesIn, type Tree } from "./tree.ts";

/** An entry of a tree with the keys that lead to it, joined by dots. */
export interface IndexedEntry {
  readonly path: string;
  readonly value: Tree;
  readonly line: number;
}

type TreeIndex = ReadonlyMap<string, readonly IndexedEntry[]>;

const indexes = new WeakMap<Tree, TreeIndex>();

/** The entries of a tree by their keys, worked out once, because hundreds of rules ask for few of them. */
export function indexOf(tree: Tree): TreeIndex {
  const known = indexes.get(tree);
  if (known !== undefined) return known;
  const index = new Map<string, IndexedEntry[]>();
  for (const { key, path, value, line } of placesIn(tree)) {
    const entry = { path: path.join("."), value, line };
    const same = index.get(key);
    if (same === undefined) index.set(key, [entry]);
    else same.push(entry);
  }
  indexes.set(tree, index);
  return index;
}

/** Whether a tree has an entry of one of these names: a cheap look before the careful one. */
export function hasKey(tree: Tree | undefined, names: ReadonlySet<string>): boolean {
  if (tree === undefined) return false;
  const index = indexOf(tree);
  if (names.size <= index.size) {
    for (const name of names) if (index.has(name)) return true;
    return false;
  }
  for (const key of index.keys()) if (names.has(key)) return true;
  return false;
}
