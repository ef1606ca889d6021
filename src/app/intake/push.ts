import { CODEOWNERS_LOCATIONS } from "../../ownership/ownership.ts";
import { CONFIG_PATH } from "../../policy/source.ts";
import { asFound, CONTROL_FILES_AREA } from "../../production/control-files.ts";
import { controlNames, mayLink } from "../../production/links/control-names.ts";

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
  /** What that commit holds; left out where it was not told. */
  readonly tree?: string;
  /** The commits it brought that are not known to have been pushed before. */
  readonly brought: readonly BroughtCommit[];
  /** The newest commit says of itself that GitHub made it. */
  readonly newestByGitHub: boolean;
}

export interface BroughtCommit {
  readonly sha: string;
  /** GitHub says that nobody pushed it before. */
  readonly introduced: boolean;
  /** It says of itself that GitHub made it, on its own pages. */
  readonly web: boolean;
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

const CONTROL = controlNames(CONTROL_FILES_AREA.paths);

/** Whether control files may now be read through other links, of which a push does not tell: it names paths alone. */
export function mayBringLinks({ paths }: Push): boolean {
  return (paths ?? []).some((path) => mayLink(path, CONTROL));
}

/**
 * Whether it puts passes in doubt: then they are withdrawn before they are judged again. The files in GitHub's own
 * folder are changed often and hardly ever links, so for those they are only judged again.
 */
export function doubtsLinks({ paths }: Push): boolean {
  return (paths ?? []).some((path) => mayLink(path, CONTROL) && !asFound(path).startsWith(".github/"));
}
