import type { Meter } from "./budget.ts";
import { matchesGlob } from "./glob.ts";
import { type Node, split } from "./trie.ts";

/** What all paths in one directory have in common: where in the patterns they stand, and what is settled for them. */
export interface Place {
  /** The nodes that the names of the directory lead to; each is split. */
  readonly nodes: readonly Node[];
  /** The last pattern that takes everything below. */
  readonly below: number;
  /** The last that takes the files directly here, whatever their names: at least `below`. */
  readonly direct: number;
  /** The last that may take a file directly here by its name. */
  readonly named: number;
  /** The steps from the root to here. */
  readonly steps: number;
}

/** Where every path begins. */
export function rootPlace(root: Node, meter: Meter): Place {
  const nodes = new Set<Node>();
  reach(root, nodes, meter);
  return placeAt(nodes, root.below, 0);
}

/** Where a name stands in a path. */
interface Step {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** The directory of that name within another; incomplete where the meter ends below zero. */
export function descend(place: Place, { path, start, end }: Step, meter: Meter): Place {
  const before = meter.left;
  meter.left -= 1 + (end >>> CHARACTERS_PER_STEP);
  // Below a directory for which all is settled nothing changes any more.
  if (place.nodes.length === 0) return place;
  const name = path.slice(start, end);
  const nodes = new Set<Node>();
  const search: Search = { above: place.below, meter, nodes };
  for (const node of place.nodes) {
    if (node.highest <= search.above) continue;
    if (node.sticky) nodes.add(node);
    follow(node, name, search);
  }
  return placeAt(nodes, search.above, place.steps + before - meter.left);
}

/** The last pattern that takes the file of that name in the directory; unsure where the meter ends below zero. */
export function lastFor(place: Place, name: string, meter: Meter): number {
  if (place.named <= place.direct) return place.direct;
  const search: Search = { above: place.direct, meter, nodes: null };
  for (const node of place.nodes) {
    if (node.named > search.above) follow(node, name, search);
  }
  return search.above;
}

function reach(node: Node, nodes: Set<Node>, meter: Meter): void {
  split(node, meter);
  nodes.add(node);
  if (node.anyDepth === null) return;
  split(node.anyDepth, meter);
  nodes.add(node.anyDepth);
}

function placeAt(arrived: ReadonlySet<Node>, below: number, steps: number): Place {
  const nodes = [...arrived].filter(({ highest }) => highest > below);
  let direct = below;
  let named = -1;
  for (const node of nodes) {
    if (node.direct > direct) direct = node.direct;
    if (node.named > named) named = node.named;
  }
  return { nodes, below, direct, named, steps };
}

interface Search {
  /** Only patterns above this index are still of interest. */
  above: number;
  readonly meter: Meter;
  /** Collects where the name of a directory leads to; `null` for the name of a file. */
  readonly nodes: Set<Node> | null;
}

/** Finds the nodes that a name leads to, the wildcards from the last pattern on. */
function follow({ names, suffixes, globs }: Node, name: string, search: Search): void {
  const { meter } = search;
  meter.left -= 1;
  const named = names?.get(name);
  if (named !== undefined) take(named, search);
  if (suffixes !== null) {
    for (let dot = name.indexOf("."); dot !== -1; dot = name.indexOf(".", dot + 1)) {
      meter.left -= 1 + ((name.length - dot) >>> CHARACTERS_PER_STEP);
      const node = suffixes.get(name.slice(dot));
      if (node !== undefined) take(node, search);
    }
  }
  if (globs === null) return;
  for (const { tokens, node } of globs) {
    if (node.highest <= search.above || meter.left < 0) return;
    meter.left -= 1;
    if (matchesGlob(tokens, name, meter)) take(node, search);
  }
}

/** Binary logarithm of what a look-up reads in about the time of a comparison. */
const CHARACTERS_PER_STEP = 4;

/** Goes where the name leads to; whatever takes the name, or all below it, makes what comes before it pointless. */
function take(node: Node, search: Search): void {
  if (node.highest <= search.above) return;
  if (search.nodes === null) {
    split(node, search.meter);
    search.above = Math.max(search.above, node.here);
  } else {
    reach(node, search.nodes, search.meter);
    search.above = Math.max(search.above, node.here, node.below);
  }
}
