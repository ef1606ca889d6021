import { team, user, userOrGhost } from "../shapes/account.ts";
import type { Json } from "../shapes/links.ts";
import { pullFull } from "../shapes/pull.ts";
import { label, whereabouts } from "../shapes/repository.ts";
import type { PullRequestEvent } from "../world/events.ts";
import { isTeam } from "../world/model.ts";
import type { State } from "../world/state.ts";

/** The particulars of `pull_request`. */
export function pullRequestPayload(state: State, event: PullRequestEvent): Json {
  const { pull } = event;
  return {
    number: pull.number,
    pull_request: pullFull(state, pull),
    ...details(state, event),
    ...whereabouts(state, pull.repo),
  };
}

function details(state: State, event: PullRequestEvent): Json {
  switch (event.action) {
    case "synchronize":
      return { before: event.before, after: event.after };
    case "edited":
      return { changes: event.changes };
    case "dequeued":
    case "auto_merge_disabled":
      return { reason: event.reason };
    case "labeled":
    case "unlabeled":
      return { label: label(state, event.pull.repo, event.label) };
    case "assigned":
    case "unassigned":
      return { assignee: userOrGhost(state, event.assignee) };
    case "review_requested":
    case "review_request_removed":
      return isTeam(event.reviewer)
        ? { requested_team: team(state, event.reviewer) }
        : { requested_reviewer: user(state, event.reviewer) };
    default:
      return {};
  }
}
