import { placesIn, type Tree } from "./tree.ts";

export interface Keyed {
  /** The same for the same thing on both sides. */
  readonly key: string;
}

/** What the second list has more of than the first, by key. */
export function gained<Item extends Keyed>(before: readonly Item[], after: readonly Item[]): readonly Item[] {
  const counts = new Map<string, number>();
  for (const { key } of before) counts.set(key, (counts.get(key) ?? 0) + 1);
  return after.filter(({ key }) => {
    const count = counts.get(key) ?? 0;
    if (count > 0) counts.set(key, count - 1);
    return count === 0;
  });
}

/** One entry somewhere in a part, with what it was before, by the path of keys that leads to it. */
export interface Setting {
  readonly name: string;
  readonly path: string;
  readonly before: Tree | undefined;
  readonly after: Tree | undefined;
  /** The line of the entry after the change, or before it where it is gone. */
  readonly line: number;
}

/** The entries with one of these names that the two sides do not have alike. Lists count by their order. */
export function settingsOf(
  { before, after }: { readonly before: Tree | undefined; readonly after: Tree | undefined },
  names: ReadonlySet<string>,
): readonly Setting[] {
  const old = entriesByPath(before, names);
  const now = entriesByPath(after, names);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const [was, is] = [old.get(path), now.get(path)];
    const one = is ?? was;
    if (one === undefined) return [];
    return [{ name: one.key, path, before: was?.value, after: is?.value, line: one.line }];
  });
}

function entriesByPath(tree: Tree | undefined, names: ReadonlySet<string>) {
  const found = new Map<string, { readonly key: string; readonly value: Tree; readonly line: number }>();
  const counts = new Map<string, number>();
  if (tree === undefined) return found;
  for (const { path, key, value, line } of placesIn(tree)) {
    if (!names.has(key)) continue;
    const full = path.join(".");
    const earlier = counts.get(full) ?? 0;
    counts.set(full, earlier + 1);
    found.set(earlier === 0 ? full : `${full}'${earlier}`, { key, value, line });
  }
  return found;
}
