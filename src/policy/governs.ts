import { createMatcher } from "../paths/matcher.ts";
import { DEFAULT_BRANCH, END, readBranch } from "./branch.ts";
import type { Policy } from "./policy.ts";

export interface Base {
  /** The short name of the branch that a pull request wants to change, without `refs/heads/`. */
  readonly ref: string;
  readonly defaultBranch: string;
}

/**
 * Whether the policy governs pull requests into this branch. A policy that cannot be read (`null`) cannot say which
 * branches it leaves out, so it governs all of them.
 */
export function governs(policy: Pick<Policy, "branches"> | null, { ref, defaultBranch }: Base): boolean {
  return policy === null || governingPatterns(policy, { ref, defaultBranch }).length > 0;
}

/** The entries of `branches` whose own check is published on pull requests into this branch. */
export function checkedPatterns(policy: Pick<Policy, "branches" | "checks">, base: Base): readonly string[] {
  return policy.checks === "one" ? [] : governingPatterns(policy, base);
}

function governingPatterns(
  { branches }: Pick<Policy, "branches">,
  { ref, defaultBranch }: Base,
): readonly string[] {
  return branches.filter((branch) => {
    if (branch === DEFAULT_BRANCH) return ref === defaultBranch;
    const pattern = readBranch(branch);
    return pattern !== null && createMatcher([pattern]).matches(`${ref}/${END}`);
  });
}
