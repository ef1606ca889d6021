import { type OwnerRef, ownerKey } from "../../ownership/owner.ts";
import type { Ownership, PathOwnership } from "../../ownership/ownership.ts";
import type { Codeowners } from "../../ownership/parse.ts";
import type { CodeownersRule } from "../../ownership/rule.ts";
import { createMatcher } from "../../paths/matcher.ts";
import type { AskedPath } from "./tree.ts";

export interface OwnedPath extends AskedPath {
  readonly ownership: PathOwnership;
}

/** A line that decides nothing: it matches no file, or later lines decide all the files that it matches. */
export interface DeadRule {
  readonly rule: CodeownersRule;
  readonly because: "matches nothing" | "overruled";
}

export interface Stats {
  readonly files: number;
  /** Those with the most files first. */
  readonly owners: readonly OwnerStats[];
  /** Files that have no owner, by why. */
  readonly without: Readonly<Record<Exclude<PathOwnership["kind"], "owned">, number>>;
}

interface OwnerStats {
  readonly owner: OwnerRef;
  readonly files: number;
  /** Files that nobody else owns. */
  readonly alone: number;
}

export function ownedPaths(paths: readonly AskedPath[], ownership: Ownership): readonly OwnedPath[] {
  return paths.map((each) => ({ ...each, ownership: ownership.of(each.path) }));
}

export function deadRules(
  { rules }: Codeowners,
  ownership: Ownership,
  files: readonly string[],
): readonly DeadRule[] {
  const deciding = new Set(
    files.map((file) => {
      const owned = ownership.of(file);
      return "line" in owned ? owned.line : 0;
    }),
  );
  const idle = rules.filter(({ line }) => !deciding.has(line));
  const overruled = rulesThatMatch(idle, files);
  return idle.map((rule) => ({ rule, because: overruled.has(rule) ? "overruled" : "matches nothing" }));
}

/**
 * The rules that match a file, whatever other lines say: whichever decide among themselves do, and those left are asked
 * again until none of them decides anything.
 */
function rulesThatMatch(
  rules: readonly CodeownersRule[],
  files: readonly string[],
): ReadonlySet<CodeownersRule> {
  const matching = new Set<CodeownersRule>();
  for (let left = rules; left.length > 0; ) {
    const { lastMatch } = createMatcher(left.map(({ pattern }) => pattern));
    const deciding = new Set(files.map(lastMatch));
    const next = left.filter((_, index) => !deciding.has(index));
    if (next.length === left.length) break;
    for (const [index, rule] of left.entries()) if (deciding.has(index)) matching.add(rule);
    left = next;
  }
  return matching;
}

export function statsOf(paths: readonly OwnedPath[]): Stats {
  const owners = new Map<string, { owner: OwnerRef; files: number; alone: number }>();
  const without = { "un-owned": 0, unmatched: 0, invalid: 0 };
  for (const { ownership } of paths) {
    if (ownership.kind !== "owned") {
      without[ownership.kind] += 1;
      continue;
    }
    const named = new Map(ownership.owners.map((owner) => [ownerKey(owner), owner]));
    for (const [key, owner] of named) {
      const stats = owners.get(key) ?? { owner, files: 0, alone: 0 };
      stats.files += 1;
      if (named.size === 1) stats.alone += 1;
      owners.set(key, stats);
    }
  }
  const byFiles = [...owners].toSorted(
    ([oneKey, one], [otherKey, other]) => other.files - one.files || (oneKey < otherKey ? -1 : 1),
  );
  return { files: paths.length, owners: byFiles.map(([, stats]) => stats), without };
}
