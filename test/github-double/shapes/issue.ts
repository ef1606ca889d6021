import { type Comment, type Conversation, isPull } from "../world/model.ts";
import { associationOf } from "../world/permissions.ts";
import type { State } from "../world/state.ts";
import { app, userOrGhost } from "./account.ts";
import { type Json, nodeId, pullApi, pullHtml, repoApi, repoHtml } from "./links.ts";
import { label } from "./repository.ts";

/** REST's `issue`, which a pull request is, too. It alone tells which app's user token opened it. */
export function issue(state: State, on: Conversation): Json {
  const via = on.performedVia === null ? undefined : state.apps.get(on.performedVia);
  const repoUrl = repoApi(state, on.repo);
  const url = `${repoUrl}/issues/${on.number}`;
  const assignees = [...on.assignees].map((each) => userOrGhost(state, each));
  return {
    url,
    repository_url: repoUrl,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: pageOf(state, on),
    id: on.id,
    node_id: nodeId(isPull(on) ? "PullRequest" : "Issue", on.id),
    number: on.number,
    title: on.title,
    user: userOrGhost(state, on.author),
    labels: [...on.labels].map((each) => label(state, on.repo, each)),
    state: on.state,
    locked: false,
    active_lock_reason: null,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: on.comments.length,
    created_at: on.createdAt,
    updated_at: on.updatedAt,
    closed_at: on.closedAt,
    author_association: associationOf(on.repo, on.author),
    body: on.body,
    reactions: reactions(url),
    performed_via_github_app: via ? app(state, via) : null,
    ...(isPull(on)
      ? {
          draft: on.draft,
          pull_request: {
            url: pullApi(state, on),
            html_url: pullHtml(state, on),
            diff_url: `${pullHtml(state, on)}.diff`,
            patch_url: `${pullHtml(state, on)}.patch`,
            merged_at: on.mergedAt,
          },
        }
      : {}),
  };
}

/** REST's `issue-comment`. */
export function comment(state: State, on: Conversation, given: Comment): Json {
  const repoUrl = repoApi(state, on.repo);
  const url = `${repoUrl}/issues/comments/${given.id}`;
  const via =
    given.performedVia === null
      ? [...state.apps.values()].find(({ bot }) => bot === given.author)
      : state.apps.get(given.performedVia);
  return {
    id: given.id,
    node_id: nodeId("IssueComment", given.id),
    url,
    html_url: `${pageOf(state, on)}#issuecomment-${given.id}`,
    issue_url: `${repoUrl}/issues/${on.number}`,
    user: userOrGhost(state, given.author),
    created_at: given.createdAt,
    updated_at: given.updatedAt,
    author_association: associationOf(on.repo, given.author),
    body: given.body,
    reactions: reactions(url),
    performed_via_github_app: via ? app(state, via) : null,
  };
}

function pageOf(state: State, on: Conversation): string {
  return `${repoHtml(state, on.repo)}/${isPull(on) ? "pull" : "issues"}/${on.number}`;
}

function reactions(of: string): Json {
  const none = { "+1": 0, "-1": 0, laugh: 0, confused: 0, heart: 0, hooray: 0, eyes: 0, rocket: 0 };
  return { url: `${of}/reactions`, total_count: 0, ...none };
}
