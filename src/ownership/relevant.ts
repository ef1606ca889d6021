import type { Slices } from "../paths/slices.ts";
import { MATCHING_LIMITS, OVER_BUDGET, openMatching } from "./ownership.ts";
import { parseInSlices } from "./parse.ts";

/** A file of so many characters is read, and so many steps are taken, in a few milliseconds. */
const SMALL = { characters: 65_536, steps: 1_000_000 } as const;

export type Relevant =
  | { readonly ok: true; readonly text: string }
  /** The matching costs more than is allowed for a change, so nobody is known to own anything. */
  | { readonly ok: false; readonly message: string };

/**
 * What of a CODEOWNERS file decides the paths, for who must not be held up by a large or hostile one: the text with all
 * other lines blank, so that it says of each path the same, by the same line, at next to no cost. A small file is left
 * as it is.
 */
export function* relevantLines(text: string, paths: Iterable<string>): Slices<Relevant> {
  const codeowners = yield* parseInSlices(text);
  if (codeowners.oversize) return { ok: true, text };
  const { matcher, entries } = openMatching(codeowners, MATCHING_LIMITS);
  const relevant = new Set<number>();
  for (const path of paths) {
    yield;
    let match = matcher.tryMatch(path);
    while (match === "unfinished") {
      yield;
      match = matcher.tryMatch(path);
    }
    if (match === "over-budget") return { ok: false, message: OVER_BUDGET };
    const line = entries[match]?.line;
    if (line !== undefined) relevant.add(line);
  }
  if (text.length <= SMALL.characters && matcher.steps() <= SMALL.steps) return { ok: true, text };
  yield;
  return { ok: true, text: keepLines(text, relevant) };
}

function keepLines(text: string, kept: ReadonlySet<number>): string {
  return text
    .split("\n")
    .map((line, index) => (kept.has(index + 1) ? line : ""))
    .join("\n");
}
