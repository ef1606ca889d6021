import { Budget } from "./budget.ts";
import { openDirectories } from "./directories.ts";
import type { Pattern } from "./pattern.ts";
import { lastFor, type Place } from "./place.ts";
import { buildTrie } from "./trie.ts";

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
const SORTED_AT_ONCE = 5_000;

/**
 * `stepsPerPath` bounds what a path would cost if it were the first, so the answer depends on neither the machine nor
 * the paths asked before. `stepsInAll` bounds what is really done, for all paths that are ever asked.
 */
export function createBoundedMatcher(
  patterns: readonly Pattern[],
  stepsPerPath: number,
  stepsInAll: number = UNLIMITED,
): BoundedMatcher {
  const budget = new Budget({ stepsPerPath, stepsInAll });
  const directories = openDirectories(buildTrie(patterns), budget);
  /** Paths come directory by directory, so the latest is kept at hand, with its last slash. */
  let latest: { readonly directory: string; readonly place: Place } | null = null;

  function match(path: string): number | null {
    if (
      latest === null ||
      !path.startsWith(latest.directory) ||
      path.indexOf("/", latest.directory.length) !== -1
    ) {
      const end = path.lastIndexOf("/");
      const place = directories.placeOf(path, end);
      if (place === null) return null;
      latest = { directory: path.slice(0, end + 1), place };
    }
    const { directory, place } = latest;
    if (place.named <= place.direct) return place.direct;
    budget.grant(place.steps);
    const index = lastFor(place, path.slice(directory.length), budget);
    return budget.settle() ? index : null;
  }

  return {
    lastMatch(path) {
      budget.sorting = UNLIMITED;
      return match(path) ?? "over-budget";
    },
    tryMatch(path) {
      budget.sorting = SORTED_AT_ONCE;
      return match(path) ?? (budget.sorting < 0 ? "unfinished" : "over-budget");
    },
    steps: () => budget.used,
  };
}
