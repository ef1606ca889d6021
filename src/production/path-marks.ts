import type { Pattern, Segment } from "../paths/pattern.ts";

/*
 * What a path must have for a pattern to match it, as a word to look up: its first folders, or of one of its parts the
 * name, the extension or how it begins.
 */

/** The mark of patterns that tell nothing in advance; every path has it. */
const ANY = "";

/** What every path that the pattern matches has among its marks. */
export function markOf({ segments: [first, second] }: Pattern): string {
  if (first?.kind === "literal") {
    return second?.kind === "literal" ? folders(`${first.text}/${second.text}`) : folders(first.text);
  }
  if (first?.kind !== "any-depth" || second === undefined) return ANY;
  return second.kind === "literal" ? name(second.text) : wildcardMark(second);
}

/** The marks that a path has beside those of the folder it is in; `""` is the root. */
export function marksOf(path: string): readonly string[] {
  if (path === "") return [ANY];
  const last = path.slice(path.lastIndexOf("/") + 1);
  return [folders(path), name(last), extension(last), start(last)];
}

/** The folder a path is in: `""` for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** By what stands behind the last wildcard, or before the first. */
function wildcardMark(segment: Segment): string {
  if (segment.kind !== "glob") return ANY;
  const { tokens } = segment;
  const isWildcard = (token: number) => token < 0;
  const text = (from: number, to?: number) => String.fromCharCode(...tokens.slice(from, to));
  const behind = extension(text(tokens.findLastIndex(isWildcard) + 1));
  return behind === ANY ? start(text(0, tokens.findIndex(isWildcard))) : behind;
}

function folders(path: string): string {
  return `/${path}`;
}

function name(segment: string): string {
  return `=${segment}`;
}

function extension(segment: string): string {
  const dot = segment.lastIndexOf(".");
  return dot === -1 ? ANY : segment.slice(dot);
}

/** Enough to tell names apart, and few enough for most patterns to have. */
const START = 3;

function start(segment: string): string {
  return segment.length < START ? ANY : `^${segment.slice(0, START)}`;
}
