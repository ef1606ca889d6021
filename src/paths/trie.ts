import type { Meter } from "./budget.ts";
import { ANY_RUN, type GlobToken, type Pattern, type Segment } from "./pattern.ts";

/**
 * A beginning that patterns share, segment by segment. Of patterns that end alike only the last is kept, as it wins;
 * wherever an index of a pattern is due, -1 stands for none.
 *
 * A node is split only when a path first gets there: what no path asks for costs next to nothing.
 */
export interface Node {
  /** All there are. */
  readonly patterns: readonly Pattern[];
  /** How many segments lie behind. */
  readonly depth: number;
  /** The last pattern that comes through. */
  readonly highest: number;
  /** It is reached by `**`, and so again by every further segment. */
  readonly sticky: boolean;
  /** The patterns still to be handed on, the last first; `null` when it is done. */
  pending: number[] | null;
  /** How many of them are done. */
  done: number;
  /** The last pattern that takes what stands here, and everything below. */
  here: number;
  /** The last that takes everything below, and not what stands here. */
  below: number;
  /** The last that takes the files directly below, and nothing further down. */
  direct: number;
  /** The last that takes something directly below by its name. */
  named: number;
  names: Map<string, Node> | null;
  /** Reached by `*.ext`; the keys begin with the dot. */
  suffixes: Map<string, Node> | null;
  /** Reached by other wildcards, by how they are written. */
  wild: Map<string, Node> | null;
  /** The same to be tried in turn, that with the highest pattern first. */
  globs: GlobEdge[] | null;
  anyDepth: Node | null;
}

interface GlobEdge {
  readonly tokens: readonly GlobToken[];
  readonly node: Node;
}

export function buildTrie(patterns: readonly Pattern[]): Node {
  const highest = patterns.length - 1;
  const root = emptyNode({ patterns, depth: 0, highest }, false);
  for (let index = highest; index >= 0; index -= 1) root.pending?.push(index);
  return root;
}

function emptyNode(
  { patterns, depth, highest }: Pick<Node, "patterns" | "depth" | "highest">,
  sticky: boolean,
): Node {
  return {
    patterns,
    depth,
    highest,
    sticky,
    pending: [],
    done: 0,
    here: -1,
    below: -1,
    direct: -1,
    named: -1,
    names: null,
    suffixes: null,
    wild: null,
    globs: null,
    anyDepth: null,
  };
}

/** Hands what is pending on, each pattern to the node behind its next segment, as far as the meter allows. */
export function split(node: Node, meter: Meter): void {
  const { pending, patterns } = node;
  if (pending === null) return;
  while (node.done < pending.length && node.here === -1) {
    meter.sorting -= 1;
    if (meter.sorting < 0) return;
    const index = pending[node.done] ?? -1;
    const pattern = patterns[index];
    if (pattern !== undefined) insert(node, pattern, index);
    node.done += 1;
  }
  node.pending = null;
}

/** As the last patterns come first, the highest index is set first. */
function insert(node: Node, { segments, tail }: Pattern, index: number): void {
  const segment = segments[node.depth];
  if (segment === undefined) {
    if (tail === "subtree") node.here = Math.max(node.here, index);
    else node.below = Math.max(node.below, index);
    return;
  }
  if (node.below !== -1) return;
  const isLast = node.depth + 1 === segments.length;
  if (isLast && tail === "exact") {
    node.direct = Math.max(node.direct, index);
    return;
  }
  if (isLast && tail === "subtree") node.named = Math.max(node.named, index);
  nextNodeFor(node, segment, index).pending?.push(index);
}

/** The node behind a segment. */
function nextNodeFor(node: Node, segment: Segment, index: number): Node {
  switch (segment.kind) {
    case "any-depth":
      node.anyDepth ??= nextNode(node, index, true);
      return node.anyDepth;
    case "literal":
      node.names ??= new Map();
      return found(node.names, segment.text, node, index);
    case "glob": {
      const extension = extensionOf(segment.tokens);
      if (extension !== null) {
        node.suffixes ??= new Map();
        return found(node.suffixes, extension, node, index);
      }
      node.wild ??= new Map();
      node.globs ??= [];
      const next = found(node.wild, segment.text, node, index);
      if (next.highest === index) node.globs.push({ tokens: segment.tokens, node: next });
      return next;
    }
  }
}

function found(nodes: Map<string, Node>, key: string, from: Node, index: number): Node {
  const known = nodes.get(key);
  if (known !== undefined) return known;
  const next = nextNode(from, index, false);
  nodes.set(key, next);
  return next;
}

function nextNode({ patterns, depth }: Node, highest: number, sticky: boolean): Node {
  return emptyNode({ patterns, depth: depth + 1, highest }, sticky);
}

const DOT = 46;

/** `.ext` of `*.ext`; `null` when there is more to it. */
function extensionOf(tokens: readonly GlobToken[]): string | null {
  if (tokens[0] !== ANY_RUN || tokens[1] !== DOT || tokens.some((token, at) => token < 0 && at > 0))
    return null;
  return tokens
    .slice(1)
    .map((token) => String.fromCharCode(token))
    .join("");
}
