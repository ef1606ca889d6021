import type { ReadOwners } from "./people/read-owners.ts";
import type { PullRequestData } from "./pull-request-data.ts";

/** By what GraphQL's mutations name things, as far as a reading told it. Names are lower-cased. */
export interface NodeIds {
  readonly repository: string;
  readonly pull: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly users: ReadonlyMap<string, string>;
  /** By slug: reviews are asked of the teams of the repository's own organization. */
  readonly teams: ReadonlyMap<string, string>;
}

export function nodeIds(
  { repository, pullRequest, prefetched }: PullRequestData,
  { teams, users }: ReadOwners,
): NodeIds {
  const borne = (pullRequest.labels?.nodes ?? []).map(({ name, id }) => [name.toLowerCase(), id] as const);
  const bySlug = Object.entries(teams).flatMap(([name, { nodeId }]) => {
    const slug = name.split("/").at(-1);
    return slug === undefined || nodeId === null ? [] : [[slug, nodeId] as const];
  });
  return {
    repository: repository.id,
    pull: pullRequest.id,
    labels: new Map([...Object.entries(prefetched.labels), ...borne]),
    users: new Map(
      Object.entries(users).flatMap(([login, user]) => (user === "nobody" ? [] : [[login, user.nodeId]])),
    ),
    teams: new Map(bySlug),
  };
}
