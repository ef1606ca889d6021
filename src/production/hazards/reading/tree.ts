/** Data of any notation (YAML, JSON, the values of HCL) with the line of each part, from 1. */
export type Tree = Scalar | List | Mapping;

export interface Scalar {
  readonly kind: "scalar";
  readonly line: number;
  readonly value: string | number | boolean | null;
  /** False for an expression, of which `value` holds only the text. */
  readonly literal: boolean;
}

interface List {
  readonly kind: "list";
  readonly line: number;
  readonly items: readonly Tree[];
}

export interface Mapping {
  readonly kind: "map";
  readonly line: number;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: string;
  readonly line: number;
  readonly value: Tree;
}

/** From this number of entries on, a mapping is not searched but looked up. */
const MANY = 16;

const indexes = new WeakMap<Mapping, ReadonlyMap<string, Tree>>();

/** What a key leads to; of several entries with it, the first counts. */
function valueAt(mapping: Mapping, key: string): Tree | undefined {
  if (mapping.entries.length < MANY) return mapping.entries.find((entry) => entry.key === key)?.value;
  const index =
    indexes.get(mapping) ?? new Map(mapping.entries.toReversed().map((entry) => [entry.key, entry.value]));
  indexes.set(mapping, index);
  return index.get(key);
}

/** The part at the end of a path of keys. */
export function at(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  let here = tree;
  for (const key of path) {
    if (here?.kind !== "map") return undefined;
    here = valueAt(here, key);
  }
  return here;
}

export function entriesOf(tree: Tree | undefined): readonly Entry[] {
  return tree?.kind === "map" ? tree.entries : [];
}

export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === "list" ? tree.items : [];
}

/** A list of things, or the one thing where the notation lets one stand for a list. */
export function oneOrMore(tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined) return [];
  return tree.kind === "list" ? tree.items : [tree];
}

/** The literal value; expressions have none. */
export function literalOf(tree: Tree | undefined): string | number | boolean | null | undefined {
  return tree?.kind === "scalar" && tree.literal ? tree.value : undefined;
}

/** The value as text, an expression as it is written. */
export function textOf(tree: Tree | undefined): string {
  return tree?.kind === "scalar" && tree.value !== null ? String(tree.value) : "";
}

export function isTrue(tree: Tree | undefined): boolean {
  return textOf(tree).toLowerCase() === "true";
}

export function isFalse(tree: Tree | undefined): boolean {
  return textOf(tree).toLowerCase() === "false";
}

export interface Place extends Entry {
  /** The keys that lead here, list items left out; the last is `key`. */
  readonly path: readonly string[];
  readonly within: Mapping;
}

const places = new WeakMap<Tree, readonly Place[]>();

/** Every entry of every mapping, in the order of the text. Worked out once, because many rules ask. */
export function placesIn(tree: Tree): readonly Place[] {
  if (tree.kind === "scalar") return NOTHING;
  const found = places.get(tree) ?? addPlaces(tree, NOTHING, []);
  places.set(tree, found);
  return found;
}

const NOTHING: readonly never[] = [];

function addPlaces(tree: Tree, path: readonly string[], found: Place[]): readonly Place[] {
  if (tree.kind === "list") for (const item of tree.items) addPlaces(item, path, found);
  if (tree.kind !== "map") return found;
  for (const { key, line, value } of tree.entries) {
    const here = [...path, key];
    found.push({ key, line, value, path: here, within: tree });
    if (value.kind !== "scalar") addPlaces(value, here, found);
  }
  return found;
}

const scalars = new WeakMap<Tree, readonly Scalar[]>();

/** Every scalar, in the order of the text. Worked out once, because many rules ask. */
export function scalarsIn(tree: Tree | undefined): readonly Scalar[] {
  if (tree === undefined) return NOTHING;
  if (tree.kind === "scalar") return [tree];
  const found = scalars.get(tree) ?? addScalars(tree, []);
  scalars.set(tree, found);
  return found;
}

function addScalars(tree: Tree, found: Scalar[]): readonly Scalar[] {
  if (tree.kind === "scalar") found.push(tree);
  else if (tree.kind === "list") for (const item of tree.items) addScalars(item, found);
  else for (const { value } of tree.entries) addScalars(value, found);
  return found;
}

/** The same for the same data, wherever it stands and in whatever order its keys are. */
export function fingerprint(tree: Tree | undefined): string {
  if (tree === undefined) return "";
  if (tree.kind === "scalar") return JSON.stringify(tree.value);
  if (tree.kind === "list") return `[${tree.items.map(fingerprint).join(",")}]`;
  const entries = tree.entries.map(({ key, value }) => `${JSON.stringify(key)}:${fingerprint(value)}`);
  return `{${entries.toSorted().join(",")}}`;
}
