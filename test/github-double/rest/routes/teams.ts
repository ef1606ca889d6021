import { teamFull, user } from "../../shapes/account.ts";
import { api } from "../../shapes/links.ts";
import type { Team } from "../../world/model.ts";
import { allMembers, isMember } from "../../world/permissions.ts";
import { Refused } from "../../world/refused.ts";
import { paged } from "../paging.ts";
import { type Call, ok, param, type Route, route } from "../route.ts";

const MEMBERS = [{ members: "read" }] as const;

export const teamRoutes: readonly Route[] = [
  route("GET /orgs/{org}/teams/{team_slug}", MEMBERS, (call) => ok(teamFull(call.state, teamOf(call)))),

  route("GET /orgs/{org}/teams/{team_slug}/members", MEMBERS, (call) =>
    paged(call, allMembers(teamOf(call)), (each) => user(call.state, each)),
  ),

  route("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", MEMBERS, (call) => {
    const team = teamOf(call);
    const who = call.state.account(param(call, "username"));
    if (!who || !isMember(team, who)) throw new Refused(404, "Not Found");
    const url = api(call.state, `/organizations/${team.org.id}/team/${team.id}/memberships/${who.restLogin}`);
    return ok({ url, role: "member", state: "active" });
  }),
];

/** An installation sees the teams of the organization it is installed on; a user those it may see. */
function teamOf(call: Call): Team {
  const org = call.state.orgs.get(param(call, "org").toLowerCase());
  const team = org?.teams.get(param(call, "team_slug").toLowerCase());
  if (!org || !team) throw new Refused(404, "Not Found");
  const { caller } = call;
  const visible =
    caller.kind === "installation"
      ? caller.installation.account === org
      : caller.kind === "user" &&
        org.members.has(caller.account) &&
        (team.privacy === "closed" || isMember(team, caller.account));
  if (!visible) throw new Refused(404, "Not Found");
  return team;
}
