import type { PullRequestData } from "./pull-request-data.ts";

/** The App's check run on a head commit, as GitHub has it. */
export interface ExistingCheckRun {
  readonly id: number;
  /** By which GraphQL names it; `null` where only its number is known. */
  readonly nodeId: string | null;
  /** What `publishVerdict` noted on it, `null` for nothing. */
  readonly externalId: string | null;
}

/** A check run of the App under its name. */
export interface NamedCheckRun extends ExistingCheckRun {
  readonly name: string;
}

/** The newest of the App's check runs on the head commit, of each name one. */
export function existingCheckRuns({ repository }: PullRequestData): readonly NamedCheckRun[] {
  const runs = (repository.head?.checkSuites?.nodes ?? []).flatMap(({ checkRuns }) => checkRuns?.nodes ?? []);
  const oldestFirst = runs.toSorted((a, b) => a.databaseId - b.databaseId);
  return [...new Map(oldestFirst.map((run) => [run.name, run])).values()].map(
    ({ id: nodeId, databaseId: id, name, externalId }) => ({ id, nodeId, externalId, name }),
  );
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
