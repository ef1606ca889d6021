import { changedFiles, pullCommits } from "../world/comparison.ts";
import { conflicts, mergeState } from "../world/merging.ts";
import { isAccount, isTeam, type Pull, type Repository, type Review, type Stack } from "../world/model.ts";
import { associationOf } from "../world/permissions.ts";
import { tip } from "../world/pushing.ts";
import type { State } from "../world/state.ts";
import { team, user, userOrGhost, userOrNull } from "./account.ts";
import { type Json, nodeId, pullApi, pullHtml, repoApi } from "./links.ts";
import { label, repository } from "./repository.ts";

/** REST's `pull-request-simple`, as in lists and review webhooks. */
export function pullSimple(state: State, pull: Pull): Json {
  const url = pullApi(state, pull);
  const repoUrl = repoApi(state, pull.repo);
  const issueUrl = `${repoUrl}/issues/${pull.number}`;
  const page = pullHtml(state, pull);
  const assignees = [...pull.assignees].map((each) => userOrGhost(state, each));
  const links = {
    self: url,
    html: page,
    issue: issueUrl,
    comments: `${issueUrl}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${repoUrl}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${repoUrl}/statuses/${pull.headSha}`,
  };
  return {
    url,
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: links.issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    number: pull.number,
    state: pull.state,
    locked: false,
    active_lock_reason: null,
    title: pull.title,
    user: userOrGhost(state, pull.author),
    body: pull.body,
    labels: [...pull.labels].map((each) => label(state, pull.repo, each)),
    milestone: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: [...pull.requested].filter(isAccount).map((each) => user(state, each)),
    requested_teams: [...pull.requested].filter(isTeam).map((each) => team(state, each)),
    draft: pull.draft,
    head: side(state, pull.headRepo, pull.headRef, pull.headSha),
    base: side(state, pull.repo, pull.baseRef, pull.baseSha),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: associationOf(pull.repo, pull.author),
    auto_merge: pull.autoMerge && {
      enabled_by: user(state, pull.autoMerge.by),
      merge_method: pull.autoMerge.method,
      commit_title: pull.autoMerge.title ?? "",
      commit_message: pull.autoMerge.message ?? "",
    },
    ...(pull.stack === null ? {} : { stack: stackOf(pull, pull.stack) }),
  };
}

/** REST's `pull-request-stack`. */
function stackOf(pull: Pull, { id, number, base, pulls }: Stack): Json {
  return {
    id,
    number,
    base: { ref: base, sha: tip(pull.repo, base) },
    size: pulls.length,
    position: pulls.indexOf(pull) + 1,
  };
}

/** REST's `pull-request`. */
export function pullFull(state: State, pull: Pull): Json {
  const files = changedFiles(pull);
  return {
    ...pullSimple(state, pull),
    merged: pull.mergedAt !== null,
    mergeable: pull.state === "open" ? !conflicts(pull) : null,
    rebaseable: pull.state === "open" ? !conflicts(pull) : null,
    mergeable_state: mergeState(pull),
    merged_by: userOrNull(state, pull.mergedBy),
    comments: pull.comments.length,
    review_comments: 0,
    maintainer_can_modify: pull.headRepo !== pull.repo,
    commits: pullCommits(pull).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: pull.misreported.restCount ?? files.length,
  };
}

function side(state: State, repo: Repository, ref: string, sha: string): Json {
  return {
    label: `${repo.owner.login}:${ref}`,
    ref,
    sha,
    user: user(state, repo.owner),
    // GitHub's description does not allow for it, but what is deleted is null here.
    repo: repo.deleted ? null : repository(state, repo),
  };
}

/** REST's `pull-request-review`. */
export function review(state: State, pull: Pull, given: Review): Json {
  const page = `${pullHtml(state, pull)}#pullrequestreview-${given.id}`;
  const url = pullApi(state, pull);
  return {
    id: given.id,
    node_id: nodeId("PullRequestReview", given.id),
    user: userOrNull(state, given.author),
    body: given.body,
    state: given.state,
    html_url: page,
    pull_request_url: url,
    author_association: associationOf(pull.repo, given.author),
    _links: { html: { href: page }, pull_request: { href: url } },
    submitted_at: given.submittedAt,
    updated_at: given.lastEditedAt ?? given.submittedAt,
    commit_id: given.commitSha,
  };
}
