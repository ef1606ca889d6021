import type { Closes } from "./people/issues.ts";
import type { PullRequestData } from "./pull-request-data.ts";

/** The issues that it closes, of the repository itself. */
export function closedIn({ pullRequest, repository }: PullRequestData): Closes {
  const { nodes, totalCount } = pullRequest.closingIssuesReferences ?? { nodes: [], totalCount: 0 };
  const numbers = nodes.flatMap(({ number, repository: { databaseId } }) =>
    databaseId === repository.databaseId ? [number] : [],
  );
  return { numbers, untold: totalCount - nodes.length };
}
