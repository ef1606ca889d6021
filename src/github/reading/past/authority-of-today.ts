import { createOwnership } from "../../../ownership/ownership.ts";
import { parseCodeowners } from "../../../ownership/parse.ts";
import { controlPatterns } from "../../../policy/control-patterns.ts";
import type { Policy } from "../../../policy/policy.ts";
import { namesThroughLinks } from "../../../production/links/read-as.ts";
import type { Permission, Snapshot, Team } from "../../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../../store/repository.ts";
import type { GitHubClient } from "../../client/client.ts";
import { GitHubProblem } from "../../client/errors.ts";
import type { Caches } from "../caches.ts";
import { loginsOf, ownersInQuestion } from "../people/owners-in-question.ts";
import { type TeamRef, teamKey } from "../people/team-answer.ts";
import { readTeams } from "../people/teams.ts";
import { type ReadUser, readUsers } from "../people/users.ts";

interface Context {
  readonly repository: RepositoryRef;
  readonly caches: Caches;
  readonly now: Date;
}

/** A snapshot with the owners, as they are today, that CODEOWNERS and these policies name for its paths. */
export type WithAuthority = (snapshot: Snapshot, policies: readonly Policy[]) => Promise<Snapshot>;

const UNREADABLE: Team = { status: "unlisted", reason: "cannot be read with this token" };

/**
 * Who belongs to a team is asked only until the token is refused once: then nobody knows of any.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export function authorityOfToday(client: GitHubClient, context: Context): WithAuthority {
  let refused = false;
  const teamsOf = async (teams: readonly TeamRef[]): Promise<Readonly<Record<string, Team>>> => {
    const unread = Object.fromEntries(teams.map((team) => [teamKey(team), UNREADABLE]));
    if (refused || teams.length === 0) return unread;
    const { repositoryId } = context.repository;
    try {
      const read = await readTeams(client, { ...context, repositoryId, notBefore: 0, teams });
      return Object.fromEntries(Object.entries(read).map(([name, { team }]) => [name, team]));
    } catch (error) {
      if (!(error instanceof GitHubProblem) || error.problem.code !== "github/permission") throw error;
      refused = true;
      return unread;
    }
  };
  return async (snapshot, policies) => {
    const owners = [null, ...policies].flatMap((policy) => ownersOf(snapshot, policy));
    const teams = await teamsOf(owners.filter((owner) => owner.kind === "team"));
    const logins = [...new Set(loginsOf(owners).map((login) => login.toLowerCase()))];
    const users = Object.entries(await readUsers(client, { ...context, notBefore: 0 }, logins));
    return {
      ...snapshot,
      authority: {
        permissions: { ...permissionsOf(users), ...snapshot.authority.permissions },
        users: Object.fromEntries(
          users.map(([login, user]) => [login, user === "nobody" ? null : user.account]),
        ),
        teams,
      },
    };
  };
}

function ownersOf({ files, links = [], codeowners }: Snapshot, policy: Policy | null) {
  const text = codeowners?.text ?? "";
  const names = namesThroughLinks(files, links, controlPatterns(policy));
  const rules = { ownership: createOwnership(parseCodeowners(text)), policy, size: text.length };
  return ownersInQuestion([...files, ...names.map((path) => ({ path }))], rules);
}

function permissionsOf(users: readonly (readonly [string, ReadUser])[]): Record<number, Permission> {
  return Object.fromEntries(
    users.flatMap(([, user]) =>
      user === "nobody" || user.permission === null ? [] : [[user.account.id, user.permission]],
    ),
  );
}
