import { installation, organization, team, teamSimple, user, userOrGhost } from "../shapes/account.ts";
import { checkRun, checkSuite, status } from "../shapes/check.ts";
import { commit } from "../shapes/git.ts";
import type { Json } from "../shapes/links.ts";
import { comment, issue, pullFull, pullSimple, review } from "../shapes/pull.ts";
import { label, whereabouts } from "../shapes/repository.ts";
import type { PullRequestEvent, WorldEvent } from "../world/events.ts";
import { commitsBetween } from "../world/history.ts";
import { type Account, isTeam, type Push, type Repository } from "../world/model.ts";
import { branchRef, ZERO } from "../world/pushing.ts";
import { groupBranch } from "../world/queue.ts";
import type { State } from "../world/state.ts";
import { pushedPaths } from "./pushed-paths.ts";

/** GitHub lists at most so many commits in a `push`. */
const MAX_PUSHED_COMMITS = 2048;

/** The account whose installations hear of an event, and the one app it is for, where it is for one only. */
export interface Audience {
  readonly account: Account;
  readonly repo: Repository | null;
  readonly onlyApp?: number;
}

export function audienceOf(event: WorldEvent): Audience {
  const within = (repo: Repository) => ({ account: repo.owner, repo });
  switch (event.event) {
    case "pull_request":
    case "pull_request_review":
    case "issue_comment":
      return within(event.pull.repo);
    case "push":
    case "merge_group":
    case "status":
    case "member":
      return within(event.repo);
    case "check_suite":
      return { ...within(event.suite.repo), onlyApp: event.suite.appId };
    case "check_run": {
      const toAll = event.action === "created" || event.action === "completed";
      return { ...within(event.run.suite.repo), ...(toAll ? {} : { onlyApp: event.run.suite.appId }) };
    }
    case "team":
    case "team_add":
    case "label":
      return within(event.repo);
    case "membership":
      return { account: event.team.org, repo: null };
    case "organization":
      return { account: event.org, repo: null };
    case "installation":
      return { account: event.installation.account, repo: null, onlyApp: event.installation.app.id };
  }
}

/** The payload but for `installation`, which each receiver gets its own of. */
export function payloadOf(state: State, event: WorldEvent): Json {
  const sender = userOrGhost(state, event.sender);
  return { ...("action" in event ? { action: event.action } : {}), ...particulars(state, event), sender };
}

function particulars(state: State, event: WorldEvent): Json {
  switch (event.event) {
    case "pull_request":
      return pullRequest(state, event);
    case "pull_request_review": {
      const { pull } = event;
      const given = { ...review(state, pull, event.review), state: event.review.state.toLowerCase() };
      return { review: given, pull_request: pullSimple(state, pull), ...whereabouts(state, pull.repo) };
    }
    case "issue_comment": {
      const changes = event.from === undefined ? {} : { changes: { body: { from: event.from } } };
      const { pull } = event;
      const given = comment(state, pull, event.comment);
      return { issue: issue(state, pull), comment: given, ...changes, ...whereabouts(state, pull.repo) };
    }
    case "push":
      return push(state, event.repo, event.push);
    case "merge_group":
      return mergeGroup(state, event);
    case "status": {
      const { repo } = event;
      const found = commit(state, repo, repo.objects.commitAt(event.status.sha));
      const { id, state: to, context, description, target_url } = status(state, repo, event.status);
      const given = {
        id,
        sha: event.status.sha,
        name: `${repo.owner.login}/${repo.name}`,
        state: to,
        context,
      };
      return { ...given, description, target_url, commit: found, branches: [], ...whereabouts(state, repo) };
    }
    case "check_suite":
      return { check_suite: checkSuite(state, event.suite), ...whereabouts(state, event.suite.repo) };
    case "check_run": {
      const { run } = event;
      const given = { ...checkRun(state, run), check_suite: checkSuite(state, run.suite) };
      const pressed =
        event.action === "requested_action" ? { requested_action: { identifier: event.identifier } } : {};
      return { check_run: given, ...pressed, ...whereabouts(state, run.suite.repo) };
    }
    case "membership":
      return {
        scope: "team",
        member: user(state, event.member),
        team: teamSimple(state, event.team),
        organization: organization(state, event.team.org),
      };
    case "team":
    case "team_add":
      return { team: team(state, event.team), ...whereabouts(state, event.repo) };
    case "label":
      return { label: label(state, event.repo, event.label), ...whereabouts(state, event.repo) };
    case "organization":
      return {
        membership: { user: user(state, event.member), state: "active", role: "member" },
        organization: organization(state, event.org),
      };
    case "member":
      return {
        member: user(state, event.member),
        changes: { permission: { to: event.to } },
        ...whereabouts(state, event.repo),
      };
    case "installation":
      return { installation: installation(state, event.installation), repositories: [] };
  }
}

function pullRequest(state: State, event: PullRequestEvent): Json {
  const { pull } = event;
  return {
    number: pull.number,
    pull_request: pullFull(state, pull),
    ...pullRequestDetails(state, event),
    ...whereabouts(state, pull.repo),
  };
}

function pullRequestDetails(state: State, event: PullRequestEvent): Json {
  switch (event.action) {
    case "synchronize":
      return { before: event.before, after: event.after };
    case "edited":
      return { changes: event.changes };
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

function mergeGroup(
  state: State,
  { repo, entry, baseSha }: Extract<WorldEvent, { readonly event: "merge_group" }>,
): Json {
  const head = repo.objects.commitAt(entry.headSha);
  const { sha: id, tree, message, author, committer } = head;
  const person = ({ name, email }: typeof author) => ({ name, email });
  return {
    merge_group: {
      head_sha: entry.headSha,
      head_ref: branchRef(groupBranch(entry, baseSha)),
      base_sha: baseSha,
      base_ref: branchRef(entry.pull.baseRef),
      head_commit: {
        id,
        tree_id: tree,
        message,
        timestamp: author.date,
        author: person(author),
        committer: person(committer),
      },
    },
    ...whereabouts(state, repo),
  };
}

function push(state: State, repo: Repository, { ref, before, after, forced, pusher }: Push): Json {
  const created = before === ZERO;
  const head = commit(state, repo, repo.objects.commitAt(after));
  const commits = created ? [] : commitsBetween(repo.objects, before, after);
  return {
    ref,
    before,
    after,
    base_ref: null,
    created,
    deleted: false,
    forced,
    compare: `${String(head.html_url)}`,
    commits: commits.slice(-MAX_PUSHED_COMMITS).map((each) => {
      const { sha: id, message, author, committer } = each;
      return { id, message, author, committer, ...pushedPaths(repo.objects, each) };
    }),
    head_commit: { id: after, message: repo.objects.commitAt(after).message },
    pusher: { name: pusher.restLogin, email: pusher.email },
    ...whereabouts(state, repo),
  };
}
