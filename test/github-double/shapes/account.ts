import type { Account, App, Installation, Org, Team } from "../world/model.ts";
import { allMembers } from "../world/permissions.ts";
import type { State } from "../world/state.ts";
import { api, html, type Json, nodeId } from "./links.ts";

/** Where REST cannot say "nobody" it says the ghost. */
const GHOST = { id: 10137, login: "ghost", restLogin: "ghost", kind: "User" } as const;

/** REST's `simple-user`. */
export function user(state: State, account: Pick<Account, "id" | "restLogin" | "kind">): Json {
  const { id, restLogin: login, kind } = account;
  const url = api(state, `/users/${encodeURIComponent(login)}`);
  return {
    login,
    id,
    node_id: nodeId(kind, id),
    avatar_url: html(state, `/avatars/u/${id}`),
    gravatar_id: "",
    url,
    html_url: html(state, kind === "Bot" ? `/apps/${login.replace("[bot]", "")}` : `/${login}`),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: kind,
    user_view_type: "public",
    site_admin: false,
  };
}

export function userOrNull(state: State, account: Account | null): Json | null {
  return account === null || account.deleted ? null : user(state, account);
}

export function userOrGhost(state: State, account: Account): Json {
  return user(state, account.deleted ? GHOST : account);
}

/** The short form of an organization in webhooks. */
export function organization(state: State, org: Account): Json {
  const url = api(state, `/orgs/${org.login}`);
  return {
    login: org.login,
    id: org.id,
    node_id: nodeId("Organization", org.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: html(state, `/avatars/u/${org.id}`),
    description: null,
  };
}

/** REST's `team-simple`. */
export function teamSimple(state: State, team: Team): Json {
  const url = api(state, `/organizations/${team.org.id}/team/${team.id}`);
  return {
    id: team.id,
    node_id: nodeId("Team", team.id),
    name: team.slug,
    slug: team.slug,
    description: null,
    privacy: team.privacy,
    notification_setting: "notifications_enabled",
    permission: team.permission === "write" ? "push" : "pull",
    url,
    html_url: html(state, `/orgs/${team.org.login}/teams/${team.slug}`),
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    organization_id: team.org.id,
  };
}

/** REST's `team`. */
export function team(state: State, given: Team): Json {
  return { ...teamSimple(state, given), parent: given.parent ? teamSimple(state, given.parent) : null };
}

/** REST's `team-full`. */
export function teamFull(state: State, given: Team): Json {
  return {
    ...team(state, given),
    members_count: allMembers(given).length,
    repos_count: [...state.repositories.values()].filter((repo) => repo.owner === given.org).length,
    created_at: given.createdAt,
    updated_at: given.createdAt,
    organization: organizationFull(state, given.org),
  };
}

function organizationFull(state: State, org: Org): Json {
  return {
    ...organization(state, org),
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: html(state, `/${org.login}`),
    created_at: org.createdAt,
    updated_at: org.createdAt,
    archived_at: null,
    type: "Organization",
  };
}

/** REST's `integration`. */
export function app(state: State, given: App): Json {
  return {
    id: given.id,
    slug: given.slug,
    client_id: `Iv23li${given.id}`,
    node_id: nodeId("App", given.id),
    owner: user(state, given.owner),
    name: given.slug,
    description: null,
    external_url: html(state, `/apps/${given.slug}/site`),
    html_url: html(state, `/apps/${given.slug}`),
    created_at: given.createdAt,
    updated_at: given.createdAt,
    permissions: given.permissions,
    events: given.events,
  };
}

/** REST's `installation`. */
export function installation(state: State, given: Installation): Json {
  const url = api(state, `/app/installations/${given.id}`);
  return {
    id: given.id,
    account: user(state, given.account),
    repository_selection: given.selected === null ? "all" : "selected",
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: api(state, "/installation/repositories"),
    html_url: html(state, `/organizations/${given.account.login}/settings/installations/${given.id}`),
    app_id: given.app.id,
    app_slug: given.app.slug,
    target_id: given.account.id,
    target_type: given.account.kind,
    permissions: given.permissions,
    events: given.app.events,
    created_at: given.createdAt,
    updated_at: given.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: given.suspendedAt,
  };
}
