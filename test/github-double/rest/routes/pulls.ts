import { commit, diffEntry } from "../../shapes/git.ts";
import { pullFull, pullSimple } from "../../shapes/pull.ts";
import { listedFiles, pullCommits } from "../../world/comparison.ts";
import type { MergeOptions } from "../../world/merging.ts";
import type { Account, Pull, Team } from "../../world/model.ts";
import { organizationOf } from "../../world/permissions.ts";
import { Refused } from "../../world/refused.ts";
import { reviewersOf } from "../../writes/reviewers.ts";
import { paged } from "../paging.ts";
import { actor, type Call, ok, type RepoCall, type Route, repoRoute } from "../route.ts";
import { pullOf } from "./issues.ts";

const READ = [{ pull_requests: "read" }] as const;
const WRITE = [{ pull_requests: "write" }] as const;

/** Documented ends of the lists; what lies behind them is never shown. */
const MAX_FILES = 3000;
const MAX_COMMITS = 250;

export const pullRoutes: readonly Route[] = [
  repoRoute("GET /repos/{owner}/{repo}/pulls", READ, (call) => {
    const state = call.query.get("state") ?? "open";
    const pulls = [...call.repo.pulls.values()]
      .filter((pull) => state === "all" || pull.state === state)
      .filter((pull) => is(call, "base", pull.baseRef))
      .filter((pull) => is(call, "head", `${pull.headRepo.owner.login}:${pull.headRef}`))
      .sort((a, b) => b.number - a.number);
    const ordered = call.query.get("direction") === "asc" ? pulls.toReversed() : pulls;
    return paged(call, ordered, (pull) => pullSimple(call.state, pull));
  }),

  repoRoute("GET /repos/{owner}/{repo}/pulls/{pull_number}", READ, (call) =>
    ok(pullFull(call.state, pullOf(call))),
  ),

  repoRoute("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", READ, (call) => {
    const pull = pullOf(call);
    return paged(call, listedFiles(pull).slice(0, MAX_FILES), (file) => diffEntry(call.state, pull, file));
  }),

  repoRoute("GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", READ, (call) => {
    const commits = pullCommits(pullOf(call)).slice(0, MAX_COMMITS);
    return paged(call, commits, (each) => commit(call.state, call.repo, each));
  }),

  repoRoute("GET /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", READ, (call) => {
    const { requested_reviewers: users, requested_teams: teams } = pullSimple(call.state, pullOf(call));
    return ok({ users, teams });
  }),

  repoRoute("POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", WRITE, (call) => {
    const pull = pullOf(call);
    const reviewers = reviewersIn(call, pull);
    call.world.requestReviewers(pull, reviewers, actor(call));
    return { status: 201, body: pullSimple(call.state, pull) };
  }),

  repoRoute("DELETE /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", WRITE, (call) => {
    const pull = pullOf(call);
    call.world.removeReviewers(pull, reviewersIn(call, pull), actor(call));
    return ok(pullSimple(call.state, pull));
  }),

  repoRoute("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", [{ contents: "write" }], (call) => {
    const { sha, merge_method: method, commit_title: title, commit_message: message } = call.body;
    const options = { sha, method, title, message };
    const given = Object.entries(options).filter(([, value]) => typeof value === "string");
    const result = call.world.merge(pullOf(call), actor(call), Object.fromEntries(given) as MergeOptions);
    if (result.status !== 200) throw new Refused(result.status, result.message);
    return ok({ sha: result.sha, merged: true, message: result.message });
  }),
];

function is(call: Call, name: string, value: string): boolean {
  const wanted = call.query.get(name);
  return wanted === null || wanted === value;
}

function reviewersIn(call: RepoCall, pull: Pull): readonly (Account | Team)[] {
  const names = (field: string) => {
    const given = call.body[field];
    return Array.isArray(given) ? given.map(String) : [];
  };
  const users = names("reviewers").map((login) => call.state.account(login));
  const teams = names("team_reviewers").map((slug) => {
    const team = organizationOf(call.repo)?.teams.get(slug.toLowerCase());
    if (!team) throw new Refused(422, "Could not resolve to a node with the global id of the team.");
    return team;
  });
  return reviewersOf(pull, [...users, ...teams]);
}
