import { createMatcher } from "../paths/matcher.ts";
import { type Pattern, parsePattern } from "../paths/pattern.ts";
import type { Policy } from "./policy.ts";

export interface BranchFacts {
  /** The short name of the branch that a pull request wants to change, without `refs/heads/`. */
  readonly ref: string;
  readonly defaultBranch: string;
}

/** True when the policy governs pull requests into this branch. */
export function isGoverned(
  { branches }: Pick<Policy, "branches">,
  { ref, defaultBranch }: BranchFacts,
): boolean {
  if (branches === null) return ref === defaultBranch;
  const patterns = branches.map(readBranch);
  return createMatcher(patterns.filter((pattern) => pattern !== null)).matches(`${ref}/${END}`);
}

/**
 * Path patterns reach below what they name, and a branch has nothing below it: so the end of the name is made a
 * part of its own. No part of a branch name can begin with a dot (`git check-ref-format`).
 */
const END = ".end";

// What `git check-ref-format` forbids, `*` aside, which is a wildcard here.
const NEVER_IN_A_NAME =
  /[[\p{Cc}--[\u0080-\u009f]] ~^:?\[\\]|\.\.|@\{|\/\/|^\/|\/$|(^|\/)\.|\.lock(\/|$)|\.$/v;

/** Reads the name of a branch with `*` and `**`; `null` for what no branch can be called. */
export function readBranch(branch: string): Pattern | null {
  if (branch.startsWith("refs/") || NEVER_IN_A_NAME.test(branch)) return null;
  const parsed = parsePattern(`/${branch}/${END}`);
  return parsed.ok ? parsed.pattern : null;
}
