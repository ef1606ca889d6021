import { fullName, type Label, type Level, type Repository, type Team } from "../world/model.ts";
import { atLeast, teamPermission } from "../world/permissions.ts";
import type { State } from "../world/state.ts";
import { organization, user } from "./account.ts";
import { type Json, nodeId, repoApi, repoHtml } from "./links.ts";

/** The URL fields of a repository and what follows its API address in each. */
const LINKS: Readonly<Record<string, string>> = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
};

/** REST's `repository`, which also satisfies `minimal-repository`. */
export function repository(state: State, repo: Repository): Json {
  const url = repoApi(state, repo);
  const page = repoHtml(state, repo);
  const open = [...repo.pulls.values()].filter((pull) => pull.state === "open").length;
  return {
    id: repo.id,
    node_id: nodeId("Repository", repo.id),
    name: repo.name,
    full_name: fullName(repo),
    owner: user(state, repo.owner),
    private: repo.private,
    visibility: repo.private ? "private" : "public",
    html_url: page,
    description: null,
    fork: repo.parent !== null,
    url,
    ...Object.fromEntries(Object.entries(LINKS).map(([key, path]) => [key, url + path])),
    git_url: `git:${page.split(":").slice(1).join(":")}.git`,
    ssh_url: `git@github.example:${fullName(repo)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    topics: [],
    is_template: false,
    web_commit_signoff_required: false,
    forks_count: 0,
    forks: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    size: 0,
    default_branch: repo.defaultBranch,
    open_issues_count: open,
    open_issues: open,
    has_issues: true,
    has_projects: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    has_downloads: true,
    archived: repo.archived,
    disabled: false,
    allow_forking: true,
    pushed_at: repo.pushedAt,
    created_at: repo.createdAt,
    updated_at: repo.pushedAt,
  };
}

/** REST's `full-repository`. */
export function repositoryFull(state: State, repo: Repository): Json {
  return {
    ...repository(state, repo),
    subscribers_count: 0,
    network_count: 0,
    ...(repo.owner.kind === "Organization" ? { organization: user(state, repo.owner) } : {}),
    ...(repo.parent
      ? { parent: repository(state, repo.parent), source: repository(state, repo.parent) }
      : {}),
  };
}

/** REST's `team-repository`: what a team may do in it. */
export function teamRepository(state: State, team: Team, repo: Repository): Json {
  const level = teamPermission(repo, team);
  return { ...repository(state, repo), permissions: permissionsAt(level), role_name: level };
}

/** What a level allows, each by itself. */
export function permissionsAt(level: Level): Json {
  const has = (wanted: Level) => atLeast(level, wanted);
  return {
    admin: has("admin"),
    maintain: has("maintain"),
    push: has("write"),
    triage: has("triage"),
    pull: has("read"),
  };
}

/** What every webhook of a repository holds besides its own fields. */
export function whereabouts(state: State, repo: Repository): Json {
  const { owner } = repo;
  return {
    repository: repository(state, repo),
    ...(owner.kind === "Organization" ? { organization: organization(state, owner) } : {}),
  };
}

export function label(state: State, repo: Repository, given: Label): Json {
  return {
    id: given.id,
    node_id: nodeId("Label", given.id),
    url: `${repoApi(state, repo)}/labels/${encodeURIComponent(given.name)}`,
    name: given.name,
    description: given.description,
    color: given.color,
    default: false,
  };
}
