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

/** Every entry of every mapping, in the order of the text. */
export function* placesIn(tree: Tree, path: readonly string[] = []): Generator<Place> {
  if (tree.kind === "list") for (const item of tree.items) yield* placesIn(item, path);
  if (tree.kind !== "map") return;
  for (const entry of tree.entries) {
    const here = [...path, entry.key];
    yield { ...entry, path: here, within: tree };
    yield* placesIn(entry.value, here);
  }
}

/** Every scalar, in the order of the text. */
export function* scalarsIn(tree: Tree | undefined): Generator<Scalar> {
  if (tree === undefined) return;
  if (tree.kind === "scalar") yield tree;
  if (tree.kind === "list") for (const item of tree.items) yield* scalarsIn(item);
  if (tree.kind === "map") for (const { value } of tree.entries) yield* scalarsIn(value);
}

/** The same for the same data, wherever it stands and in whatever order its keys are. */
export function fingerprint(tree: Tree | undefined): string {
  if (tree === undefined) return "";
  if (tree.kind === "scalar") return JSON.stringify(tree.value);
  if (tree.kind === "list") return `[${tree.items.map(fingerprint).join(",")}]`;
  const entries = tree.entries.map(({ key, value }) => `${JSON.stringify(key)}:${fingerprint(value)}`);
  return `{${entries.toSorted().join(",")}}`;
}
