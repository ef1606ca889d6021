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
  if (policy === null) return true;
  if (ref === defaultBranch && policy.branches.includes(DEFAULT_BRANCH)) return true;
  const patterns = policy.branches.map(readBranch).filter((pattern) => pattern !== null);
  return createMatcher(patterns).matches(`${ref}/${END}`);
}
