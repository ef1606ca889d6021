import { ANY_CHARACTER, ANY_RUN, type GlobToken, type Pattern, type Segment } from "./pattern.ts";

export interface Matcher {
  /** The index of the last pattern that matches the path (from the root, without a leading slash), or -1. */
  lastMatch(path: string): number;
  matches(path: string): boolean;
}

export interface BoundedMatcher {
  /** As {@link Matcher.lastMatch}, or a refusal when the path costs more steps than allowed. */
  lastMatch(path: string): number | "over-budget";
}

export function createMatcher(patterns: readonly Pattern[]): Matcher {
  const lastMatch = (path: string): number => {
    const segments = path.split("/");
    return patterns.findLastIndex((pattern) => matchesSegments(pattern, segments, UNLIMITED));
  };
  return { lastMatch, matches: (path) => lastMatch(path) !== -1 };
}

/** `stepsPerPath` counts comparisons, so the answer depends on neither the machine nor the paths asked before. */
export function createBoundedMatcher(patterns: readonly Pattern[], stepsPerPath: number): BoundedMatcher {
  return {
    lastMatch(path) {
      const segments = path.split("/");
      const meter: Meter = { left: stepsPerPath };
      for (let index = patterns.length - 1; index >= 0; index -= 1) {
        const pattern = patterns[index];
        if (pattern === undefined) continue;
        const matched = matchesSegments(pattern, segments, meter);
        if (meter.left < 0) return "over-budget";
        if (matched) return index;
      }
      return -1;
    },
  };
}

interface Meter {
  left: number;
}

const UNLIMITED: Meter = { left: Number.POSITIVE_INFINITY };

/**
 * Walks pattern and path side by side. On a mismatch only the latest `**` takes one segment more: what stands between
 * two of them has a fixed length, so its first fit is as good as any, and the work stays quadratic at worst.
 */
function matchesSegments(pattern: Pattern, path: readonly string[], meter: Meter): boolean {
  const { segments } = pattern;
  let index = 0;
  let at = 0;
  let retryIndex = -1;
  let retryAt = 0;
  for (;;) {
    meter.left -= 1;
    if (meter.left < 0) return false;
    const segment = segments[index];
    const name = path[at];
    if (segment === undefined && tailFits(pattern, path.length - at)) return true;
    if (segment?.kind === "any-depth") {
      index += 1;
      retryIndex = index;
      retryAt = at;
    } else if (segment !== undefined && name !== undefined && matchesSegment(segment, name, meter)) {
      index += 1;
      at += 1;
    } else {
      if (retryIndex === -1 || retryAt >= path.length) return false;
      retryAt += 1;
      index = retryIndex;
      at = retryAt;
    }
  }
}

function tailFits({ tail }: Pattern, remaining: number): boolean {
  if (tail === "subtree") return true;
  return tail === "below" ? remaining > 0 : remaining === 0;
}

function matchesSegment(segment: Segment, name: string, meter: Meter): boolean {
  if (segment.kind === "literal") return segment.text === name;
  return segment.kind === "glob" && matchesGlob(segment.tokens, name, meter);
}

/** The same walk within one segment, with `*` in the place of `**`. */
function matchesGlob(tokens: readonly GlobToken[], name: string, meter: Meter): boolean {
  let index = 0;
  let at = 0;
  let retryIndex = -1;
  let retryAt = 0;
  while (at < name.length) {
    meter.left -= 1;
    if (meter.left < 0) return false;
    const token = tokens[index];
    if (token === ANY_RUN) {
      index += 1;
      retryIndex = index;
      retryAt = at;
    } else if (token === ANY_CHARACTER || token === name.charCodeAt(at)) {
      index += 1;
      at += 1;
    } else {
      if (retryIndex === -1) return false;
      retryAt += 1;
      index = retryIndex;
      at = retryAt;
    }
  }
  while (tokens[index] === ANY_RUN) index += 1;
  return index === tokens.length;
}
