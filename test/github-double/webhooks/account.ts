import { installation, organization, team, teamSimple, user } from "../shapes/account.ts";
import { api, type Json, nodeId } from "../shapes/links.ts";
import { whereabouts } from "../shapes/repository.ts";
import type { WorldEvent } from "../world/events.ts";
import { type Account, fullName, type Installation, type Org, type Repository } from "../world/model.ts";
import type { State } from "../world/state.ts";

type OfAccount = Extract<
  WorldEvent,
  {
    readonly event:
      | "membership"
      | "team"
      | "team_add"
      | "organization"
      | "installation"
      | "installation_target"
      | "installation_repositories";
  }
>;

/** The particulars of what happens to accounts, teams and installations. */
export function accountPayload(state: State, event: OfAccount): Json {
  switch (event.event) {
    case "membership":
      return {
        scope: "team",
        member: user(state, event.member),
        team: teamSimple(state, event.team),
        organization: organization(state, event.team.org),
      };
    case "team":
    case "team_add":
      return teamPayload(state, event);
    case "organization":
      return {
        ...("from" in event
          ? { changes: { login: { from: event.from } } }
          : { membership: membership(state, event.org, event.member) }),
        organization: organization(state, event.org),
      };
    case "installation":
      return {
        installation: installation(state, event.installation),
        repositories: seenBy(state, event.installation).map(brief),
      };
    case "installation_repositories": {
      const named = event.repositories.map(brief);
      return {
        installation: installation(state, event.installation),
        repository_selection: event.installation.selected === null ? "all" : "selected",
        repositories_added: event.action === "added" ? named : [],
        repositories_removed: event.action === "removed" ? named : [],
        requester: null,
      };
    }
    case "installation_target": {
      const { account } = event.installation;
      return {
        account: user(state, account),
        changes: { login: { from: event.from } },
        target_type: account.kind,
      };
    }
  }
}

function membership(state: State, { login }: Org, member: Account): Json {
  const org = api(state, `/orgs/${login}`);
  const url = `${org}/memberships/${member.restLogin}`;
  return { url, organization_url: org, user: user(state, member), state: "active", role: "member" };
}

function teamPayload(
  state: State,
  event: Extract<WorldEvent, { readonly event: "team" | "team_add" }>,
): Json {
  const given = { team: team(state, event.team) };
  if (!("repo" in event))
    return {
      ...given,
      ...("from" in event ? { changes: { name: { from: event.from } } } : {}),
      organization: organization(state, event.team.org),
    };
  const edited = "action" in event && event.action === "edited";
  return {
    ...given,
    ...(edited ? { changes: { repository: { permissions: { from: {} } } } } : {}),
    ...whereabouts(state, event.repo),
  };
}

function seenBy(state: State, { account, selected }: Installation): readonly Repository[] {
  return [...state.repositories.values()].filter(
    (repo) => repo.owner === account && selected?.has(repo) !== false,
  );
}

function brief(repo: Repository): Json {
  const { id, name } = repo;
  return { id, node_id: nodeId("Repository", id), name, full_name: fullName(repo), private: repo.private };
}
