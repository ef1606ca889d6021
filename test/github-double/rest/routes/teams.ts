import { team, teamFull, user } from "../../shapes/account.ts";
import { api, type Json } from "../../shapes/links.ts";
import { permissionsAt, teamRepository } from "../../shapes/repository.ts";
import { type Account, isAccount, type Org, type Repository, type Team } from "../../world/model.ts";
import {
  allMembers,
  atLeast,
  isMember,
  organizationOf,
  permissionIn,
  teamPermission,
} from "../../world/permissions.ts";
import { Refused } from "../../world/refused.ts";
import { canSee } from "../access.ts";
import { paged } from "../paging.ts";
import { type Call, ok, param, type RepoCall, type Route, repoRoute, route } from "../route.ts";

const MEMBERS = [{ members: "read" }] as const;
const METADATA = [{ metadata: "read" }] as const;

export const teamRoutes: readonly Route[] = [
  route("GET /orgs/{org}/teams/{team_slug}", MEMBERS, (call) => ok(teamFull(call.state, teamOf(call)))),

  route("GET /orgs/{org}/members/{username}", MEMBERS, (call) => {
    const org = call.state.orgs.get(param(call, "org").toLowerCase());
    const who = call.state.account(param(call, "username"));
    if (!org || !who || !canAsk(call, org) || !(org.members.has(who) || org.owners.has(who)))
      throw new Refused(404, "Not Found");
    return { status: 204 };
  }),

  route("GET /orgs/{org}/teams", MEMBERS, (call) => {
    const org = call.state.orgs.get(param(call, "org").toLowerCase());
    const teams = [...(org?.teams.values() ?? [])].filter((each) => sees(call, each));
    if (!org || !canAsk(call, org)) throw new Refused(404, "Not Found");
    return paged(call, teams, (each) => team(call.state, each));
  }),

  route("GET /orgs/{org}/teams/{team_slug}/repos", MEMBERS, (call) => {
    const given = teamOf(call);
    return paged(call, repositoriesOf(call, given), (repo) => teamRepository(call.state, given, repo));
  }),

  route("GET /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}", MEMBERS, (call) => {
    const given = teamOf(call);
    const asked = call.state.repository(param(call, "owner"), param(call, "repo"));
    const found = repositoriesOf(call, given).find((repo) => repo === asked);
    if (!found) throw new Refused(404, "Not Found");
    // Whether it is there is answered with 204; what is granted is told to those who ask for this media type.
    if (!call.accept.includes("repository")) return { status: 204 };
    return ok(teamRepository(call.state, given, found));
  }),

  route("GET /orgs/{org}/teams/{team_slug}/members", MEMBERS, (call) =>
    paged(call, allMembers(teamOf(call)), (each) => user(call.state, each)),
  ),

  repoRoute("GET /repos/{owner}/{repo}/collaborators", METADATA, (call) => {
    const { caller, repo } = call;
    if (caller.kind === "user" && !atLeast(permissionIn(repo, caller.account), "write"))
      throw new Refused(403, "Must have push access to view repository collaborators.");
    return paged(call, collaboratorsOf(repo), (each) => collaborator(call, each));
  }),

  route("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", MEMBERS, (call) => {
    const team = teamOf(call);
    const who = call.state.account(param(call, "username"));
    if (!who || !isMember(team, who)) throw new Refused(404, "Not Found");
    const url = api(call.state, `/organizations/${team.org.id}/team/${team.id}/memberships/${who.restLogin}`);
    return ok({ url, role: "member", state: "active" });
  }),
];

/** Everybody with a way into it beside its being public. */
function collaboratorsOf(repo: Repository): readonly Account[] {
  const everybody = new Set([
    ...(organizationOf(repo)?.members ?? [repo.owner]),
    ...[...repo.grants.keys()].filter(isAccount),
  ]);
  return [...everybody].filter((each) => permissionIn(repo, each) !== "none");
}

function collaborator({ state, repo }: RepoCall, who: Account): Json {
  const level = permissionIn(repo, who);
  return { ...user(state, who), permissions: permissionsAt(level), role_name: level };
}

/** An installation sees the teams of the organization it is installed on; a user those it may see. */
function teamOf(call: Call): Team {
  const org = call.state.orgs.get(param(call, "org").toLowerCase());
  const team = org?.teams.get(param(call, "team_slug").toLowerCase());
  if (!org || !team || !canAsk(call, org) || !sees(call, team)) throw new Refused(404, "Not Found");
  return team;
}

function canAsk({ caller }: Call, org: Org): boolean {
  if (caller.kind === "installation") return caller.installation.account === org;
  return caller.kind === "user" && org.members.has(caller.account);
}

function sees({ caller }: Call, team: Team): boolean {
  return caller.kind !== "user" || team.privacy === "closed" || isMember(team, caller.account);
}

function repositoriesOf({ caller, state }: Call, team: Team): readonly Repository[] {
  return [...state.repositories.values()].filter(
    (repo) => repo.owner === team.org && teamPermission(repo, team) !== "none" && canSee(caller, repo),
  );
}
