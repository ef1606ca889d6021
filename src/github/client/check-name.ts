import { createHash } from "node:crypto";
import { DEFAULT_BRANCH } from "../../policy/branch.ts";

/** The check with the strictest verdict of all pull requests that share a head commit. */
export const CHECK_NAME = "countersign";

/**
 * GitHub documents no limit for the name of a check; GitHub Actions cuts those of its own checks at 100 characters
 * (seen 2026-11).
 */
const LONGEST = 100;
const DIGEST_LENGTH = 12;

/** What every name can be told apart by, however GitHub compares names. */
const PLAIN = /^[\x21-\x7e]*$/;

/**
 * The name of each branch pattern's own check, in which the pattern stands as it is written. One that is long, that has
 * other characters than ASCII, or that differs from another in case alone, is told apart by a digest: no branch name has
 * a space, so no other pattern can be written to get the same name.
 */
export function patternCheckNames(patterns: readonly string[]): ReadonlyMap<string, string> {
  const inAnyCase = Map.groupBy(new Set(patterns), (pattern) => pattern.toLowerCase());
  return new Map(
    patterns.map((pattern) => {
      const isAlone = inAnyCase.get(pattern.toLowerCase())?.length === 1;
      return [pattern, nameOf(pattern, isAlone)];
    }),
  );
}

/** Whether a check is the one of some branch pattern. */
export function isPatternCheck(name: string): boolean {
  return name.startsWith(around("").slice(0, -1));
}

function nameOf(pattern: string, isAlone: boolean): string {
  if (pattern === DEFAULT_BRANCH) return around("default branch");
  const name = around(pattern);
  if (isAlone && PLAIN.test(pattern) && name.length <= LONGEST) return name;
  const digest = createHash("sha256").update(pattern).digest("hex").slice(0, DIGEST_LENGTH);
  const room = LONGEST - around(` ${digest}`).length;
  return around(`${pattern.replaceAll(/[^\x21-\x7e]/gu, "?").slice(0, room)} ${digest}`);
}

function around(what: string): string {
  return `${CHECK_NAME} (${what})`;
}
