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

/** Some 100 ms (2026-11, one core); a hundred thousand ordinary rules cost a fiftieth of it. */
const STEPS_PER_PATH = 10_000_000;

/** The last line that matches a path decides it; a doubt decides like a rule, and decides that nobody knows. */
export function createOwnership(codeowners: Codeowners): Ownership {
  const entries: readonly (CodeownersRule | Doubt)[] = [...codeowners.rules, ...codeowners.doubts].toSorted(
    (one, other) => one.line - other.line,
  );
  const matcher = createBoundedMatcher(
    entries.map(({ pattern }) => pattern),
    STEPS_PER_PATH,
  );
  return {
    of(path) {
      const match = matcher.lastMatch(path);
      if (match === "over-budget") return { kind: "invalid", line: 1, message: OVER_BUDGET };
      const entry = entries[match];
      return entry === undefined ? { kind: "unmatched" } : decide(entry);
    },
  };
}

const OVER_BUDGET =
  "CODEOWNERS costs too much to match against this path; write fewer or simpler patterns with wildcards.";

function decide(entry: CodeownersRule | Doubt): PathOwnership {
  const { line } = entry;
  if ("message" in entry) return { kind: "invalid", line, message: entry.message };
  const { owners } = entry;
  const pattern = entry.pattern.source;
  return owners.length > 0 ? { kind: "owned", owners, line, pattern } : { kind: "un-owned", line, pattern };
}
