import { createBoundedMatcher } from "../paths/matcher.ts";
import { type Pattern, parsePattern } from "../paths/pattern.ts";

/**
 * A step compares one character or one part of a path. A pattern with a wildcard takes about three for each character
 * of a path, others take a handful, so ordinary areas stay far below even for paths of 500 characters.
 */
const STEPS_PER_PATTERN = 500;
const STEPS_AT_LEAST = 5_000;

/** Of each list that a policy names, for as long as that policy is at hand. */
const READ = new WeakMap<readonly string[], readonly Pattern[]>();

export function readPatterns(sources: readonly string[]): readonly Pattern[] {
  const patterns = READ.get(sources) ?? sources.flatMap(readPattern);
  READ.set(sources, patterns);
  return patterns;
}

/** The policy refuses unreadable patterns; should one get here all the same, it covers every path. */
export function readPattern(source: string): readonly Pattern[] {
  for (const candidate of [source, "**"]) {
    const parsed = parsePattern(candidate);
    if (parsed.ok) return [parsed.pattern];
  }
  return [];
}

/** Whether one of the patterns matches a path; a path that costs too much to match counts as matched. */
export function anyMatches(patterns: readonly Pattern[]): (path: string) => boolean {
  const matcher = createBoundedMatcher(patterns, STEPS_AT_LEAST + STEPS_PER_PATTERN * patterns.length);
  return (path) => matcher.lastMatch(path) !== -1;
}
