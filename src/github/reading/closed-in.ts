import type { PullRequestData } from "./pull-request-data.ts";

/** The issues that it closes, of the repository itself. */
export function closedIn({ pullRequest, repository }: PullRequestData): readonly number[] {
  const issues = pullRequest.closingIssuesReferences?.nodes ?? [];
  return issues.flatMap(({ number, repository: { databaseId } }) =>
    databaseId === repository.databaseId ? [number] : [],
  );
}
