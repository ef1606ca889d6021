import type { Limits } from "../paths/budget.ts";
import { type BoundedMatcher, createBoundedMatcher } from "../paths/matcher.ts";
import type { Ambiguity } from "./ambiguity.ts";
import type { OwnerRef } from "./owner.ts";
import type { Codeowners } from "./parse.ts";
import type { CodeownersRule } from "./rule.ts";

/**
 * Where GitHub looks for CODEOWNERS; the first that exists wins, and they are never merged. Source: docs.github.com,
 * "About code owners" (2026-11).
 */
export const CODEOWNERS_LOCATIONS = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** Who owns one path. */
export type PathOwnership =
  /** Any one of the owners may sign. */
  | {
      readonly kind: "owned";
      readonly owners: readonly OwnerRef[];
      readonly line: number;
      readonly pattern: string;
    }
  /** The deciding line names nobody, which is not the same as no line at all. */
  | { readonly kind: "un-owned"; readonly line: number; readonly pattern: string }
  | { readonly kind: "unmatched" }
  /** The owner cannot be determined until the line is fixed. Fails closed. */
  | { readonly kind: "invalid"; readonly line: number; readonly message: string };

export interface Ownership {
  /** `path` is from the root of the repository, without a leading slash. */
  of(path: string): PathOwnership;
}

/** Some 10 ms for a path and half a second for a change (2026-11, one core); ordinary rules cost a thousandth of it. */
export const MATCHING_LIMITS: Limits = { stepsPerPath: 1_000_000, stepsInAll: 50_000_000 };

/** One path may cost the same, so that the answer is the same; of a whole tree there are more of them. */
export const WHOLE_TREE_LIMITS: Limits = { ...MATCHING_LIMITS, stepsInAll: Number.MAX_SAFE_INTEGER };

export const OVER_BUDGET =
  "CODEOWNERS costs too much to match; write fewer or simpler patterns with wildcards.";

const TOO_COSTLY: PathOwnership = { kind: "invalid", line: 1, message: OVER_BUDGET };

/**
 * The last line that matches a path decides it; an ambiguity decides like a rule: nobody knows. Paths that
 * one line decides get the same value.
 */
export function createOwnership(codeowners: Codeowners, limits: Limits = MATCHING_LIMITS): Ownership {
  const { matcher, entries } = openMatching(codeowners, limits);
  /** By the index of the entry that decides and one more, so that there is a place for none. */
  const decisions = new Array<PathOwnership | undefined>(entries.length + 1);
  return {
    of(path) {
      const match = matcher.lastMatch(path);
      if (match === "over-budget") return TOO_COSTLY;
      const known = decisions[match + 1];
      if (known !== undefined) return known;
      const decision = decide(entries[match]);
      decisions[match + 1] = decision;
      return decision;
    },
  };
}

export interface Matching {
  readonly matcher: BoundedMatcher;
  /** What decides a path, by the index that the matcher gives. */
  readonly entries: readonly (CodeownersRule | Ambiguity)[];
}

export function openMatching({ rules, ambiguities }: Codeowners, limits: Limits): Matching {
  const entries: readonly (CodeownersRule | Ambiguity)[] =
    ambiguities.length === 0 ? rules : [...rules, ...ambiguities].sort((one, other) => one.line - other.line);
  const patterns = entries.map(({ pattern }) => pattern);
  return { entries, matcher: createBoundedMatcher(patterns, limits.stepsPerPath, limits.stepsInAll) };
}

function decide(entry: CodeownersRule | Ambiguity | undefined): PathOwnership {
  if (entry === undefined) return { kind: "unmatched" };
  const { line } = entry;
  if ("message" in entry) return { kind: "invalid", line, message: entry.message };
  const { owners } = entry;
  const pattern = entry.pattern.source;
  return owners.length > 0 ? { kind: "owned", owners, line, pattern } : { kind: "un-owned", line, pattern };
}
