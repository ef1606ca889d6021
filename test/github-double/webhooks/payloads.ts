import {
  installation,
  organization,
  team,
  teamSimple,
  user,
  userOrGhost,
  userOrNull,
} from "../shapes/account.ts";
import { checkRun, checkSuite, status } from "../shapes/check.ts";
import { comment, issue } from "../shapes/issue.ts";
import { type Json, nodeId } from "../shapes/links.ts";
import { pullSimple, review } from "../shapes/pull.ts";
import { label, whereabouts } from "../shapes/repository.ts";
import type { IssuesEvent, RepositoryEvent, WorldEvent } from "../world/events.ts";
import { fullName, type Repository } from "../world/model.ts";
import type { State } from "../world/state.ts";
import { pullRequestPayload } from "./pull-request.ts";
import { mergeGroupPayload, pushPayload, refPayload, statusCommit } from "./push.ts";

/** The payload but for `installation`, which each receiver gets its own of. */
export function payloadOf(state: State, event: WorldEvent): Json {
  const sender = userOrGhost(state, event.sender);
  return { ...("action" in event ? { action: event.action } : {}), ...particulars(state, event), sender };
}

function particulars(state: State, event: WorldEvent): Json {
  switch (event.event) {
    case "pull_request":
      return pullRequestPayload(state, event);
    case "pull_request_review": {
      const { pull } = event;
      const given = { ...review(state, pull, event.review), state: event.review.state.toLowerCase() };
      const changes = event.action === "edited" ? { changes: {} } : {};
      return {
        review: given,
        pull_request: pullSimple(state, pull),
        ...changes,
        ...whereabouts(state, pull.repo),
      };
    }
    case "issue_comment": {
      const { on } = event;
      const changes = event.from === undefined ? {} : { changes: { body: { from: event.from } } };
      const said = comment(state, on, event.comment);
      return { issue: issue(state, on), comment: said, ...changes, ...whereabouts(state, on.repo) };
    }
    case "issues":
      return issues(state, event);
    case "push":
      return pushPayload(state, event.repo, event.push);
    case "create":
      return {
        ...refPayload(state, event.repo, event.ref),
        master_branch: event.repo.defaultBranch,
        description: null,
        pusher_type: "user",
      };
    case "delete":
      return { ...refPayload(state, event.repo, event.ref), pusher_type: "user" };
    case "merge_group":
      return {
        ...mergeGroupPayload(state, event.group),
        ...(event.action === "destroyed" ? { reason: event.reason } : {}),
      };
    case "repository":
      return repositoryChange(state, event);
    case "status":
      return statusChange(state, event.repo, event.status);
    case "check_suite":
      return { check_suite: checkSuite(state, event.suite), ...whereabouts(state, event.suite.repo) };
    case "check_run": {
      const { run } = event;
      const given = { ...checkRun(state, run), check_suite: checkSuite(state, run.suite) };
      const pressed =
        event.action === "requested_action" ? { requested_action: { identifier: event.identifier } } : {};
      return { check_run: given, ...pressed, ...whereabouts(state, run.suite.repo) };
    }
    case "label":
      return { label: label(state, event.repo, event.label), ...whereabouts(state, event.repo) };
    case "member":
      return {
        member: user(state, event.member),
        changes: event.action === "removed" ? {} : { permission: { from: null, to: event.to } },
        ...whereabouts(state, event.repo),
      };
    default:
      return ofAccount(state, event);
  }
}

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

function ofAccount(state: State, event: OfAccount): Json {
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
      return {
        team: team(state, event.team),
        ...("from" in event ? { changes: { name: { from: event.from } } } : {}),
        ...("repo" in event
          ? whereabouts(state, event.repo)
          : { organization: organization(state, event.team.org) }),
        ...("repo" in event && event.event === "team" && event.action === "edited"
          ? { changes: { repository: { permissions: { from: {} } } } }
          : {}),
      };
    case "organization":
      return {
        ...("from" in event
          ? { changes: { login: { from: event.from } } }
          : {
              membership: {
                url: `${state.origin}/api/v3/orgs/${event.org.login}/memberships/${event.member.restLogin}`,
                organization_url: `${state.origin}/api/v3/orgs/${event.org.login}`,
                user: user(state, event.member),
                state: "active",
                role: "member",
              },
            }),
        organization: organization(state, event.org),
      };
    case "installation":
      return { installation: installation(state, event.installation), repositories: [] };
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
        account: { ...user(state, account), ...targetDates(account.createdAt) },
        changes: { login: { from: event.from } },
        target_type: account.kind,
      };
    }
  }
}

function targetDates(at: string): Json {
  return { created_at: at, updated_at: at };
}

function brief(repo: Repository): Json {
  const { id, name } = repo;
  return { id, node_id: nodeId("Repository", id), name, full_name: fullName(repo), private: repo.private };
}

function issues(state: State, event: IssuesEvent): Json {
  const { repo } = event.issue;
  return {
    issue: issue(state, event.issue),
    ...("changes" in event ? { changes: event.changes } : {}),
    ...("assignee" in event ? { assignee: userOrNull(state, event.assignee) } : {}),
    ...("label" in event ? { label: label(state, repo, event.label) } : {}),
    ...whereabouts(state, repo),
  };
}

function repositoryChange(state: State, event: RepositoryEvent): Json {
  const around = whereabouts(state, event.repo);
  if (event.action === "renamed")
    return { changes: { repository: { name: { from: event.from } } }, ...around };
  if (event.action !== "transferred") return around;
  const { from } = event;
  const before =
    from.kind === "Organization" ? { organization: organization(state, from) } : { user: user(state, from) };
  return { changes: { owner: { from: before } }, ...around };
}

function statusChange(
  state: State,
  repo: Repository,
  given: Extract<WorldEvent, { readonly event: "status" }>["status"],
): Json {
  const { sha, context, state: to, id } = given;
  const { description, target_url, created_at, updated_at, avatar_url } = status(state, repo, given);
  return {
    ...{ id, sha, name: fullName(repo), state: to, context, description, target_url },
    ...{ avatar_url, created_at, updated_at, branches: [], commit: statusCommit(state, repo, sha) },
    ...whereabouts(state, repo),
  };
}
