import { organization, user, userOrGhost, userOrNull } from "../shapes/account.ts";
import { checkRun, checkSuite, status } from "../shapes/check.ts";
import { comment, issue } from "../shapes/issue.ts";
import type { Json } from "../shapes/links.ts";
import { pullSimple, review } from "../shapes/pull.ts";
import { label, whereabouts } from "../shapes/repository.ts";
import { workflowRun } from "../shapes/workflow-run.ts";
import type { IssuesEvent, RepositoryEvent, WorldEvent } from "../world/events.ts";
import { fullName, type Repository } from "../world/model.ts";
import type { State } from "../world/state.ts";
import { accountPayload } from "./account.ts";
import { pullRequestPayload } from "./pull-request.ts";
import { mergeGroupPayload, pushPayload, refPayload, statusCommit } from "./push.ts";
import { rulesPayload } from "./rules.ts";

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
    case "workflow_run":
      return { ...workflowRun(state, event.run, event.repo), ...whereabouts(state, event.repo) };
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
    case "repository_ruleset":
    case "branch_protection_rule":
    case "branch_protection_configuration":
      return rulesPayload(state, event);
    default:
      return accountPayload(state, event);
  }
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
  if (event.action === "edited")
    return { changes: { default_branch: { from: event.from } }, ...whereabouts(state, event.repo) };
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
