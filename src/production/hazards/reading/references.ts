import type { DeclaredPart } from "./part.ts";
import { at, entriesOf, type Tree } from "./tree.ts";

/** What is put in for a reference may not make a part much larger. */
const MOST_NODES = 200;
/** A value may refer to another one, and so on. */
const MOST_STEPS = 4;
const REFERENCE = /^(?:var|local)\.[\w-]+$/;

/** Parts of one folder, with literal values for the variables and locals that the same files define. */
export function resolveReferences(parts: readonly DeclaredPart[]): readonly DeclaredPart[] {
  const definitions = definitionsIn(parts);
  if (definitions.size === 0) return parts;
  return parts.map((part) => {
    if (part.type === "variable" || part.type === "locals") return part;
    const tree = resolved(part.tree, (name) => definitions.get(`${part.scope} ${name}`));
    return tree === part.tree ? part : { ...part, tree };
  });
}

/** By folder and name, as expressions write it: `var.names`, `local.names`. */
function definitionsIn(parts: readonly DeclaredPart[]): ReadonlyMap<string, Tree> {
  const found = new Map<string, Tree>();
  for (const { notation, type, name, scope, tree } of parts) {
    if (notation !== "terraform") continue;
    const value = type === "variable" ? at(tree, "default") : undefined;
    if (value !== undefined && isTelling(value))
      found.set(`${scope} var.${name.slice("variable.".length)}`, value);
    if (type === "locals")
      for (const each of entriesOf(tree)) found.set(`${scope} local.${each.key}`, each.value);
  }
  return found;
}

/** A default that says what is meant: one that is empty, or a switch, is there to be set by whoever uses the module. */
function isTelling(value: Tree): boolean {
  if (value.kind === "list") return value.items.length > 0;
  if (value.kind === "map") return value.entries.length > 0;
  return typeof value.value === "string" && value.value.includes("/");
}

type Lookup = (name: string) => Tree | undefined;

/** The same tree where nothing in it refers to anything known. */
function resolved(tree: Tree, lookup: Lookup): Tree {
  if (tree.kind === "scalar") return literalFor(tree, lookup, 0) ?? tree;
  if (tree.kind === "list") {
    const items = tree.items.map((item) => resolved(item, lookup));
    return items.every((item, index) => item === tree.items[index])
      ? tree
      : { ...tree, items: items.flatMap(spread) };
  }
  const entries = tree.entries.map((entry) => {
    const value = resolved(entry.value, lookup);
    return value === entry.value ? entry : { ...entry, value };
  });
  return entries.every((entry, index) => entry === tree.entries[index]) ? tree : { ...tree, entries };
}

/** A list within a list of a setting is most often meant to be joined to it. */
function spread(tree: Tree): readonly Tree[] {
  return tree.kind === "list" ? tree.items : [tree];
}

function literalFor(tree: Tree, lookup: Lookup, step: number): Tree | undefined {
  if (tree.kind !== "scalar" || tree.literal || typeof tree.value !== "string" || step > MOST_STEPS)
    return undefined;
  const name = /^\$\{([^}]*)\}$/.exec(tree.value)?.[1]?.trim() ?? tree.value;
  const value = REFERENCE.test(name) ? lookup(name) : undefined;
  if (value === undefined || sizeOf(value) > MOST_NODES) return undefined;
  return moved(literalFor(value, lookup, step + 1) ?? value, tree.line);
}

function sizeOf(tree: Tree): number {
  if (tree.kind === "scalar") return 1;
  const below = tree.kind === "list" ? tree.items : tree.entries.map(({ value }) => value);
  let size = 1;
  for (const each of below) {
    size += sizeOf(each);
    if (size > MOST_NODES) break;
  }
  return size;
}

/** The same data at the line where it is used, because it may be defined in another file. */
function moved(tree: Tree, line: number): Tree {
  if (tree.kind === "scalar") return { ...tree, line };
  if (tree.kind === "list") return { ...tree, line, items: tree.items.map((item) => moved(item, line)) };
  return {
    ...tree,
    line,
    entries: tree.entries.map((each) => ({ ...each, line, value: moved(each.value, line) })),
  };
}
