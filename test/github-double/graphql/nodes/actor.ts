import { nodeId } from "../../shapes/links.ts";
import { type Account, isTeam, type Org, type Repository, type Team } from "../../world/model.ts";
import { allMembers, teamPermission } from "../../world/permissions.ts";
import { connection, type PageArguments } from "../connection.ts";
import { type Context, type Node, need } from "../context.ts";

/** An account as GraphQL shows it: bots without `[bot]`, deleted ones not at all. */
export function actor(account: Account | null): Node | null {
  if (account === null || account.deleted) return null;
  const { kind, id, login, name } = account;
  return {
    __typename: kind,
    id: nodeId(kind, id),
    databaseId: id,
    login,
    name,
    url: (_: unknown, { state }: Context) => `${state.origin}/${kind === "Bot" ? "apps/" : ""}${login}`,
    resourcePath: `/${login}`,
    avatarUrl: (_: unknown, { state }: Context) => `${state.origin}/avatars/u/${id}`,
    createdAt: account.createdAt,
    status: account.busy ? { __typename: "UserStatus", indicatesLimitedAvailability: true } : null,
  };
}

export function organization(org: Org): Node {
  return {
    ...actor(org),
    __typename: "Organization",
    team: ({ slug }: { readonly slug: string }, context: Context) => {
      need(context, { members: "read" }, null);
      const found = seesTeamsOf(context, org) ? org.teams.get(slug.toLowerCase()) : undefined;
      return found ? team(found) : null;
    },
    teams: (args: PageArguments, context: Context) => {
      need(context, { members: "read" }, null);
      return connection("teams", seesTeamsOf(context, org) ? [...org.teams.values()] : [], {
        args,
        node: team,
      });
    },
    membersWithRole: (args: PageArguments, context: Context) => {
      need(context, { members: "read" }, null);
      const edge = (each: Account) => ({ role: org.owners.has(each) ? "ADMIN" : "MEMBER" });
      return connection("membersWithRole", [...org.members], { args, node: actor, edge });
    },
  };
}

function seesTeamsOf({ caller }: Context, org: Org): boolean {
  if (caller.kind === "installation") return caller.installation.account === org;
  return caller.kind === "user" && org.members.has(caller.account);
}

export function team(given: Team): Node {
  return {
    __typename: "Team",
    id: nodeId("Team", given.id),
    databaseId: given.id,
    slug: given.slug,
    name: given.slug,
    combinedSlug: `${given.org.login}/${given.slug}`,
    privacy: given.privacy === "secret" ? "SECRET" : "VISIBLE",
    parentTeam: () => (given.parent ? team(given.parent) : null),
    organization: () => organization(given.org),
    ancestors: (args: PageArguments) => connection("ancestors", ancestorsOf(given), { args, node: team }),
    repositories: (args: PageArguments & { readonly query?: string | null }, { state, graph }: Context) => {
      const repos = [...state.repositories.values()]
        .filter((repo) => repo.owner === given.org && teamPermission(repo, given) !== "none")
        .filter((repo) => repo.name.toLowerCase().includes((args.query ?? "").toLowerCase()));
      const edge = (repo: Repository) => ({ permission: teamPermission(repo, given).toUpperCase() });
      return connection("repositories", repos, { args, node: graph.repository, edge });
    },
    childTeams: (args: PageArguments) =>
      connection(
        "childTeams",
        [...given.org.teams.values()].filter((each) => each.parent === given),
        { args, node: team },
      ),
    members: (args: PageArguments & { readonly membership?: "ALL" | "IMMEDIATE" | "CHILD_TEAM" }) =>
      connection("members", membersBy(given, args.membership ?? "ALL"), {
        args,
        node: actor,
        edge: () => ({ role: "MEMBER" }),
      }),
  };
}

function ancestorsOf({ parent }: Team): readonly Team[] {
  return parent ? [parent, ...ancestorsOf(parent)] : [];
}

function membersBy(given: Team, membership: "ALL" | "IMMEDIATE" | "CHILD_TEAM"): readonly Account[] {
  if (membership === "IMMEDIATE") return [...given.members];
  const all = allMembers(given);
  return membership === "ALL" ? all : all.filter((each) => !given.members.has(each));
}

export function reviewer(who: Account | Team): Node | null {
  return isTeam(who) ? team(who) : actor(who);
}
