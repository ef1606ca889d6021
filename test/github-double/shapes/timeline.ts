import { pullCommits } from "../world/comparison.ts";
import {
  type Comment,
  type Conversation,
  isPull,
  isTeam,
  type Pull,
  type TimelineEvent,
} from "../world/model.ts";
import { happenings } from "../world/references.ts";
import type { State } from "../world/state.ts";
import { team, user, userOrGhost } from "./account.ts";
import { comment, issue } from "./issue.ts";
import { type Json, nodeId, repoApi, repoHtml } from "./links.ts";
import { review } from "./pull.ts";
import { repository } from "./repository.ts";

interface Dated {
  readonly at: string;
  readonly json: Json;
}

/** `GET /issues/{n}/timeline`: commits first, then all that happened, oldest first. */
export function timeline(state: State, on: Conversation): readonly Json[] {
  const happened: readonly Dated[] = [
    ...happenings(on).map((event) => ({ at: event.at, json: timelineEvent(state, on, event) })),
    ...on.comments.map((each) => ({ at: each.createdAt, json: commented(state, on, each) })),
    ...(isPull(on) ? reviews(state, on) : []),
  ];
  const ordered = happened.toSorted((a, b) => a.at.localeCompare(b.at));
  return [...(isPull(on) ? committed(state, on) : []), ...ordered.map(({ json }) => json)];
}

function committed(state: State, pull: Pull): readonly Json[] {
  const url = repoApi(state, pull.repo);
  const page = repoHtml(state, pull.repo);
  return pullCommits(pull).map((commit) => ({
    event: "committed",
    sha: commit.sha,
    node_id: nodeId("Commit", `${pull.repo.id}:${commit.sha}`),
    url: `${url}/git/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    author: { ...commit.author },
    committer: { ...commit.committer },
    message: commit.message,
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/git/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
    verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
  }));
}

function reviews(state: State, pull: Pull): readonly Dated[] {
  return pull.reviews.map((each) => ({ at: each.submittedAt, json: reviewed(state, pull, each) }));
}

function reviewed(state: State, pull: Pull, given: Pull["reviews"][number]): Json {
  return {
    ...review(state, pull, given),
    event: "reviewed",
    state: given.state.toLowerCase(),
    user: userOrGhost(state, given.author),
  };
}

function commented(state: State, on: Conversation, given: Comment): Json {
  return { ...comment(state, on, given), event: "commented", actor: userOrGhost(state, given.author) };
}

function timelineEvent(state: State, on: Conversation, event: TimelineEvent): Json {
  const actor = userOrGhost(state, event.actor);
  if (event.type === "cross-referenced")
    return {
      event: event.type,
      actor,
      created_at: event.at,
      updated_at: event.at,
      source: {
        type: "issue",
        issue: { ...issue(state, event.subject), repository: repository(state, on.repo) },
      },
    };
  return {
    id: event.id,
    node_id: nodeId("IssueEvent", event.id),
    url: `${repoApi(state, on.repo)}/issues/events/${event.id}`,
    actor,
    event: event.type,
    commit_id: event.type === "merged" && isPull(on) ? on.mergeCommitSha : null,
    commit_url: null,
    created_at: event.at,
    performed_via_github_app: null,
    ...particulars(state, event),
  };
}

function particulars(state: State, event: TimelineEvent): Json {
  switch (event.type) {
    case "labeled":
    case "unlabeled":
      return { label: { name: event.label.name, color: event.label.color } };
    case "assigned":
    case "unassigned":
      return { assignee: userOrGhost(state, event.assignee), assigner: userOrGhost(state, event.actor) };
    case "renamed":
      return { rename: { from: event.from, to: event.to } };
    case "review_requested":
    case "review_request_removed":
      return {
        review_requester: userOrGhost(state, event.actor),
        ...(isTeam(event.reviewer)
          ? { requested_team: team(state, event.reviewer) }
          : { requested_reviewer: user(state, event.reviewer) }),
      };
    case "review_dismissed":
      return {
        dismissed_review: {
          state: event.previously.toLowerCase(),
          review_id: event.review.id,
          dismissal_message: event.message,
        },
      };
    case "head_ref_force_pushed":
    case "base_ref_force_pushed":
      return { commit_id: event.after };
    default:
      return {};
  }
}
