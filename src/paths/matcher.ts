import { openBudget } from "./budget.ts";
import { openDirectories } from "./directories.ts";
import type { Pattern } from "./pattern.ts";
import { lastFor, type Place } from "./place.ts";
import { growTrie } from "./trie.ts";

export interface Matcher {
  /** The index of the last pattern that matches the path (from the root, without a leading slash), or -1. */
  lastMatch(path: string): number;
  matches(path: string): boolean;
}

export interface BoundedMatcher {
  /** As {@link Matcher.lastMatch}, or a refusal when the path costs more steps than allowed. */
  lastMatch(path: string): number | "over-budget";
  /** The same for who must not be held up for long: `unfinished` asks for another call, which gets further. */
  tryMatch(path: string): number | "over-budget" | "unfinished";
  /** The steps that all paths together have taken so far. */
  steps(): number;
}

const UNLIMITED = Number.MAX_SAFE_INTEGER;

export function createMatcher(patterns: readonly Pattern[]): Matcher {
  const bounded = createBoundedMatcher(patterns, UNLIMITED);
  const lastMatch = (path: string): number => {
    const index = bounded.lastMatch(path);
    return index === "over-budget" ? -1 : index;
  };
  return { lastMatch, matches: (path) => lastMatch(path) !== -1 };
}

/** How many patterns are sorted before `tryMatch` gives up: some milliseconds. */
const SORTED_AT_ONCE = 10_000;

/**
 * `stepsPerPath` bounds what a path would cost if it were the first, so the answer depends on neither the machine nor
 * the paths asked before. `stepsInAll` bounds what is really done, for all paths that are ever asked.
 */
export function createBoundedMatcher(
  patterns: readonly Pattern[],
  stepsPerPath: number,
  stepsInAll: number = UNLIMITED,
): BoundedMatcher {
  const budget = openBudget({ stepsPerPath, stepsInAll });
  const { meter } = budget;
  const directories = openDirectories(growTrie(patterns), budget);
  /** Paths come directory by directory. */
  let latest: { readonly end: number; readonly directory: string; readonly place: Place } | null = null;

  function match(path: string): number | null {
    const end = path.lastIndexOf("/");
    if (latest === null || end !== latest.end || !path.startsWith(latest.directory)) {
      const place = directories.placeOf(path, end);
      if (place === null) return null;
      latest = { end, directory: path.slice(0, Math.max(end, 0)), place };
    }
    const { place } = latest;
    if (place.named <= place.direct) return place.direct;
    budget.grant(place.steps);
    const index = lastFor(place, path.slice(end + 1), meter);
    return budget.settle() ? index : null;
  }

  return {
    lastMatch(path) {
      meter.sorting = UNLIMITED;
      return match(path) ?? "over-budget";
    },
    tryMatch(path) {
      meter.sorting = SORTED_AT_ONCE;
      return match(path) ?? (meter.sorting < 0 ? "unfinished" : "over-budget");
    },
    steps: budget.used,
  };
}
