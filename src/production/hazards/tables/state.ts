import { itemsOf, type Tree } from "../reading/tree.ts";
import { type IndexedEntry, indexOf } from "../reading/tree-index.ts";
import type { Judgement } from "./check.ts";
import type { Setting } from "./setting.ts";

/** What one side of a part makes of a setting. */
export interface State {
  readonly judgement: Judgement;
  /** `undefined` where it is not said. */
  readonly value: Tree | undefined;
  readonly line: number;
  /** The one of its names by which it is said. */
  readonly name: string;
}

function valuesAt(tree: Tree, path: string): readonly IndexedEntry[] {
  const key = path.slice(path.lastIndexOf(".") + 1);
  return (indexOf(tree).get(key) ?? []).filter((entry) => entry.path === path);
}

const WORST_FIRST: readonly Judgement[] = ["unsafe", "unknown", "safe"];

/** The worst that the tree says of the setting; where it says nothing, what that means. */
export function stateOf(tree: Tree, setting: Setting): State {
  const { holder } = setting;
  const holders =
    holder === undefined
      ? [tree]
      : valuesAt(tree, holder).flatMap(({ value }) => (value.kind === "list" ? itemsOf(value) : [value]));
  const states = holders.flatMap((each) => statesIn(each, setting));
  const [worst] = WORST_FIRST.flatMap(
    (judgement) => states.find((each) => each.judgement === judgement) ?? [],
  );
  return worst ?? { judgement: "safe", value: undefined, line: tree.line, name: setting.name };
}

function statesIn(tree: Tree, { paths, check, absence, name: usual }: Setting): readonly State[] {
  const found = paths.flatMap(({ path, name }) => valuesAt(tree, path).map((each) => ({ ...each, name })));
  if (found.length > 0)
    return found.map(({ value, line, name }) => ({ judgement: check.judge(value), value, line, name }));
  const judgement = absence === "safe" ? "safe" : "unsafe";
  return [{ judgement, value: undefined, line: tree.line, name: usual }];
}

/** Whether a side has any of the names at all: a cheap look before the careful one. */
export function mentions(after: Tree, before: Tree | undefined, { paths }: Setting): boolean {
  const [now, was] = [indexOf(after), before === undefined ? undefined : indexOf(before)];
  return paths.some(({ key }) => now.has(key) || was?.has(key) === true);
}

/** Every place in the tree where the setting stands, by its path; the same path twice is numbered. */
export function statesAnywhere(tree: Tree, { paths, check }: Setting): ReadonlyMap<string, State> {
  const found = new Map<string, State>();
  for (const { path, key, name } of paths) {
    for (const entry of indexOf(tree).get(key) ?? []) {
      if (entry.path !== path && !entry.path.endsWith(`.${path}`)) continue;
      let place = entry.path;
      while (found.has(place)) place += "'";
      found.set(place, { judgement: check.judge(entry.value), value: entry.value, line: entry.line, name });
    }
  }
  return found;
}

/** Whether what held the setting at a place is still there. */
export function hasHolder(tree: Tree, place: string, { paths }: Setting): boolean {
  const own = paths.find(({ path }) => place === path || place.endsWith(`.${path}`));
  const holder = own === undefined ? "" : place.slice(0, -own.path.length - 1);
  return holder === "" || valuesAt(tree, holder).length > 0;
}
