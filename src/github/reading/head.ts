import type { PullRequestData } from "./pull-request-data.ts";

/** The App's check run on a head commit, as GitHub has it. */
export interface ExistingCheckRun {
  readonly id: number;
  /** By which GraphQL names it; `null` where only its number is known. */
  readonly nodeId: string | null;
  /** What `publishVerdict` noted on it, `null` for nothing. */
  readonly externalId: string | null;
}

/** The newest of the App's check runs on the head commit. */
export function existingCheckRun({ repository }: PullRequestData): ExistingCheckRun | null {
  const runs = (repository.head?.checkSuites?.nodes ?? []).flatMap(({ checkRuns }) => checkRuns?.nodes ?? []);
  const [newest] = runs.toSorted((a, b) => b.databaseId - a.databaseId);
  if (newest === undefined) return null;
  return { id: newest.databaseId, nodeId: newest.id, externalId: newest.externalId };
}

/**
 * The open pull requests GitHub knows with this head, this one included. It does not know those of forks, for
 * which the app has its own record.
 */
export function pullsOnHead({ repository, pullRequest }: PullRequestData): readonly number[] {
  const others = (repository.head?.associatedPullRequests?.nodes ?? []).filter(
    ({ state, headRefOid }) => state === "OPEN" && headRefOid === pullRequest.headRefOid,
  );
  return [...new Set([pullRequest.number, ...others.map(({ number }) => number)])].sort((a, b) => a - b);
}
