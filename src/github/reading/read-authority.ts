import type { Authority, ChangedFile, Permission } from "../../signoff/snapshot.ts";
import { repositoryKey } from "../client/cache-keys.ts";
import type { GitHubClient } from "../client/client.ts";
import { loginsOf, ownersInQuestion, type Rules } from "./people/owners-in-question.ts";
import { readPermissions } from "./people/permissions.ts";
import type { ReadOwners } from "./people/read-owners.ts";
import type { Dismissal } from "./people/reviews.ts";
import { keepTeams, readTeams } from "./people/teams.ts";
import { keepUsers, readUsers } from "./people/users.ts";
import type { PullRequestData } from "./pull-request-data.ts";
import type { SnapshotRequest } from "./snapshot-request.ts";

export interface AuthorityRequest
  extends Pick<SnapshotRequest, "repository" | "caches" | "now" | "notBefore"> {
  readonly evaluation: PullRequestData;
  readonly files: readonly ChangedFile[];
}

/** What says who may sign, and who had a say so far. */
export interface Question {
  readonly rules: Rules;
  readonly dismissals: readonly Dismissal[];
}

/**
 * Who may do what, as far as it can matter to the change, and the owners with the ids that a snapshot does not hold.
 * @throws {GitHubUnavailable | GitHubProblem | Inconsistent}
 */
export async function readAuthority(
  client: GitHubClient,
  request: AuthorityRequest,
  question: Question,
): Promise<{ readonly authority: Authority; readonly owners: ReadOwners }> {
  const { repository, evaluation, caches, now, notBefore } = request;
  const owners = await ownersOver(client, request, question.rules);
  const opinions = { reviews: evaluation.pages.reviews.nodes, dismissals: question.dismissals };
  const permissions = await readPermissions(client, { repository, opinions, caches, now, notBefore });
  const { teams, users } = owners;
  const known = Object.entries(users);
  const authority: Authority = {
    permissions: { ...permissionsOf(known), ...permissions },
    users: Object.fromEntries(known.map(([login, user]) => [login, user === "nobody" ? null : user.account])),
    teams: Object.fromEntries(Object.entries(teams).map(([name, { team }]) => [name, team])),
  };
  return { authority, owners };
}

function permissionsOf(
  known: readonly (readonly [string, ReadOwners["users"][string]])[],
): Record<number, Permission> {
  return Object.fromEntries(
    known.flatMap(([, user]) =>
      user === "nobody" || user.permission === null ? [] : [[user.account.id, user.permission]],
    ),
  );
}

async function ownersOver(
  client: GitHubClient,
  request: AuthorityRequest,
  rules: Rules,
): Promise<ReadOwners> {
  const { repository, evaluation, files, caches, now, notBefore } = request;
  const context = { repository, repositoryId: evaluation.repository.databaseId, caches, now, notBefore };
  caches.rules.set(repositoryKey(repository), rules, now);
  await keepTeams(client, context, evaluation.prefetched.teams);
  keepUsers(context, evaluation.prefetched.users);
  const owners = ownersInQuestion(files, rules);
  const teams = owners.filter((owner) => owner.kind === "team");
  return {
    teams: await readTeams(client, { ...context, teams }),
    users: await readUsers(client, context, loginsOf(owners)),
  };
}
