import { type Pattern, parsePattern } from "../paths/pattern.ts";

/** Stands for whichever branch is the default one, as in GitHub's rulesets. No branch can be called so. */
export const DEFAULT_BRANCH = "~DEFAULT_BRANCH";

/**
 * Path patterns reach below what they name, and a branch has nothing below it: so the end of the name is made a
 * part of its own. No part of a branch name can begin with a dot (`git check-ref-format`).
 */
export const END = ".end";

// What `git check-ref-format` forbids, `*` aside, which is a wildcard here.
const NEVER_IN_A_NAME =
  /[[\p{Cc}--[\u0080-\u009f]] ~^:?\[\\]|\.\.|@\{|\/\/|^\/|\/$|(^|\/)\.|\.lock(\/|$)|\.$/v;

/** Reads the name of a branch with `*` and `**`; `null` for what no branch can be called. */
export function readBranch(branch: string): Pattern | null {
  if (branch.startsWith("refs/") || NEVER_IN_A_NAME.test(branch)) return null;
  const parsed = parsePattern(`/${branch}/${END}`);
  return parsed.ok ? parsed.pattern : null;
}
