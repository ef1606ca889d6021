import { CODEOWNERS_LOCATIONS } from "../../ownership/ownership.ts";
import { CONFIG_PATH } from "../../policy/source.ts";

/** A push to a branch, as its webhook tells it. */
export interface Push {
  readonly branch: string;
  readonly toDefaultBranch: boolean;
  readonly forced: boolean;
  /** The paths of all commits told of; `null` when they were not told. */
  readonly paths: readonly string[] | null;
  /** How many commits were told of. */
  readonly commits: number;
  /** The commit the branch is at since; `null` where it was deleted. */
  readonly after: string | null;
  /** The commits that were new to the repository, but for those that GitHub made itself. */
  readonly made: readonly string[];
  /** GitHub made the newest commit itself. */
  readonly byGitHub: boolean;
}

/** A push webhook tells of no more commits than this (GitHub's description of the event). */
const MOST_COMMITS = 2048;

const RULES: ReadonlySet<string> = new Set([CONFIG_PATH, ...CODEOWNERS_LOCATIONS]);

/**
 * Whether pull requests that nobody touched may now be judged by other rules. A forced push and a long one do not
 * tell all they changed, so they count as if they did.
 */
export function changesRules({ forced, paths, commits }: Push): boolean {
  return forced || paths === null || commits >= MOST_COMMITS || paths.some((path) => RULES.has(path));
}
