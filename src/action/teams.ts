import type { GitHubClient } from "../github/client/client.ts";
import type { Snapshot } from "../signoff/snapshot.ts";

/** `organization.team0` and what lies below: who is in a team. */
const OF_TEAM = /^organization(?:\.team\d+(?:\.|$)|$)/;

/**
 * The token of a workflow may not see teams. Then GitHub answers without them and says so; to a reader they are not
 * there, nobody can countersign through them, and the rest is judged.
 */
export function teamsMayBeHidden(client: GitHubClient): GitHubClient {
  return {
    ...client,
    graphql: (document, variables) =>
      client.graphql(document, variables).catch((error: unknown) => {
        if (error instanceof Error && "errors" in error && Array.isArray(error.errors))
          Object.assign(error, { errors: error.errors.map(hiddenAsAbsent) });
        throw error;
      }),
  };
}

function hiddenAsAbsent(fault: unknown): unknown {
  if (typeof fault !== "object" || fault === null || !("path" in fault) || !Array.isArray(fault.path))
    return fault;
  const isHidden = "type" in fault && fault.type === "FORBIDDEN" && OF_TEAM.test(fault.path.join("."));
  return isHidden ? { ...fault, type: "NOT_FOUND" } : fault;
}

/** Teams of the organization whose members are not known, as `@org/team`. */
export function unseenTeams({ authority, repository }: Snapshot): readonly string[] {
  const ours = `${repository.owner.toLowerCase()}/`;
  return Object.entries(authority.teams).flatMap(([name, team]) =>
    team.status === "unknown" && name.startsWith(ours) ? [`@${name}`] : [],
  );
}
