import { createBoundedMatcher } from "../paths/matcher.ts";
import type { Doubt } from "./doubt.ts";
import type { OwnerRef } from "./owner.ts";
import type { Codeowners, CodeownersRule } from "./parse.ts";

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
  /** It cannot be told: the line has to be mended first. Fails closed. */
  | { readonly kind: "invalid"; readonly line: number; readonly message: string };

export interface Ownership {
  /** `path` is from the root of the repository, without a leading slash. */
  of(path: string): PathOwnership;
}

/** What matching may cost, in steps of some 10 ns (2026-11, one core). */
export interface MatchingLimits {
  readonly stepsPerPath: number;
  /** For all paths together. */
  readonly stepsInAll: number;
}

/** Some 20 ms for a path and a second for a change; a hundred thousand ordinary rules cost a thousandth of it. */
export const MATCHING_LIMITS: MatchingLimits = { stepsPerPath: 2_000_000, stepsInAll: 100_000_000 };

/** The last line that matches a path decides it; a doubt decides like a rule, and decides that nobody knows. */
export function createOwnership(
  { rules, doubts }: Codeowners,
  { stepsPerPath, stepsInAll }: MatchingLimits = MATCHING_LIMITS,
): Ownership {
  const entries: readonly (CodeownersRule | Doubt)[] =
    doubts.length === 0 ? rules : [...rules, ...doubts].sort((one, other) => one.line - other.line);
  const patterns = entries.map(({ pattern }) => pattern);
  const matcher = createBoundedMatcher(patterns, stepsPerPath, stepsInAll);
  const decisions = new Map<number, PathOwnership>();
  return {
    of(path) {
      const match = matcher.lastMatch(path);
      if (match === "over-budget") return OVER_BUDGET;
      const known = decisions.get(match);
      if (known !== undefined) return known;
      const decision = decide(entries[match]);
      decisions.set(match, decision);
      return decision;
    },
  };
}

const OVER_BUDGET: PathOwnership = {
  kind: "invalid",
  line: 1,
  message: "CODEOWNERS costs too much to match; write fewer or simpler patterns with wildcards.",
};

function decide(entry: CodeownersRule | Doubt | undefined): PathOwnership {
  if (entry === undefined) return { kind: "unmatched" };
  const { line } = entry;
  if ("message" in entry) return { kind: "invalid", line, message: entry.message };
  const { owners } = entry;
  const pattern = entry.pattern.source;
  return owners.length > 0 ? { kind: "owned", owners, line, pattern } : { kind: "un-owned", line, pattern };
}
