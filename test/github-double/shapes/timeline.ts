import { pullCommits } from "../world/comparison.ts";
import { isTeam, type Pull, type TimelineEvent } from "../world/model.ts";
import type { State } from "../world/state.ts";
import { team, user, userOrGhost } from "./account.ts";
import { type Json, nodeId, repoApi, repoHtml } from "./links.ts";
import { comment, review } from "./pull.ts";

interface Dated {
  readonly at: string;
  readonly json: Json;
}

/** `GET /issues/{n}/timeline`: commits first, then all that happened, oldest first. */
export function timeline(state: State, pull: Pull): readonly Json[] {
  const happened: readonly Dated[] = [
    ...pull.timeline.map((event) => ({ at: event.at, json: timelineEvent(state, pull, event) })),
    ...pull.reviews.map((each) => ({ at: each.submittedAt, json: reviewed(state, pull, each) })),
    ...pull.comments.map((each) => ({ at: each.createdAt, json: commented(state, pull, each) })),
  ];
  const ordered = happened.toSorted((a, b) => a.at.localeCompare(b.at));
  return [...committed(state, pull), ...ordered.map(({ json }) => json)];
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

function reviewed(state: State, pull: Pull, given: Pull["reviews"][number]): Json {
  return {
    ...review(state, pull, given),
    event: "reviewed",
    state: given.state.toLowerCase(),
    user: userOrGhost(state, given.author),
  };
}

function commented(state: State, pull: Pull, given: Pull["comments"][number]): Json {
  return { ...comment(state, pull, given), event: "commented", actor: userOrGhost(state, given.author) };
}

function timelineEvent(state: State, pull: Pull, event: TimelineEvent): Json {
  return {
    id: event.id,
    node_id: nodeId("IssueEvent", event.id),
    url: `${repoApi(state, pull.repo)}/issues/events/${event.id}`,
    actor: userOrGhost(state, event.actor),
    event: event.type,
    commit_id: event.type === "merged" ? pull.mergeCommitSha : null,
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
