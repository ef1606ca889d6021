import { checkRun, checkSuiteFull, combinedStatus, status } from "../../shapes/check.ts";
import { latestRuns, latestStatuses } from "../../world/merge-requirements.ts";
import type { App, CheckRun, CheckSuite, CommitStatus, Repository } from "../../world/model.ts";
import { resolveRef } from "../../world/refs.ts";
import { Refused } from "../../world/refused.ts";
import { createRun, updateRun } from "../../writes/checks.ts";
import { paged } from "../paging.ts";
import { actor, type Call, ok, param, type RepoCall, type Route, repoRoute } from "../route.ts";

const MOST_STATUSES = 1000;

export const checkRoutes: readonly Route[] = [
  repoRoute("POST /repos/{owner}/{repo}/check-runs", [{ checks: "write" }], (call) => {
    const run = createRun({ ...call, app: callingApp(call) }, call.body);
    return { status: 201, body: checkRun(call.state, run) };
  }),

  repoRoute("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", [{ checks: "write" }], (call) => {
    const run = runOf(call);
    updateRun({ ...call, app: callingApp(call) }, run, call.body);
    return ok(checkRun(call.state, run));
  }),

  repoRoute("GET /repos/{owner}/{repo}/check-runs/{check_run_id}", [{ checks: "read" }], (call) =>
    ok(checkRun(call.state, runOf(call))),
  ),

  repoRoute("GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", [{ checks: "read" }], (call) =>
    paged(call, runOf(call).annotations, (each) => ({
      start_column: null,
      end_column: null,
      title: null,
      raw_details: null,
      blob_href: `${call.state.origin}/${each.path}`,
      ...each,
    })),
  ),

  repoRoute("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", [{ checks: "read" }], (call) => {
    const sha = resolveRef(call.repo, param(call, "ref"));
    const all = call.query.get("filter") === "all";
    const runs = (all ? call.repo.runs.filter((run) => run.suite.sha === sha) : latestRuns(call.repo, sha))
      .filter((run) => matches(call, "check_name", run.name))
      .filter((run) => matches(call, "app_id", String(run.suite.appId)))
      .filter((run) => matches(call, "status", run.status))
      .toReversed();
    return paged(
      call,
      runs,
      (run) => checkRun(call.state, run),
      (page) => ({ total_count: runs.length, check_runs: page }),
    );
  }),

  repoRoute("GET /repos/{owner}/{repo}/commits/{ref}/check-suites", [{ checks: "read" }], (call) => {
    const sha = resolveRef(call.repo, param(call, "ref"));
    const suites = call.repo.suites
      .filter((suite) => suite.sha === sha && matches(call, "app_id", String(suite.appId)))
      .filter(
        (suite) => call.repo.runs.some((run) => hasRun(call, suite, run)) || !call.query.has("check_name"),
      );
    return paged(
      call,
      suites,
      (suite) => checkSuiteFull(call.state, suite),
      (page) => ({ total_count: suites.length, check_suites: page }),
    );
  }),

  repoRoute("POST /repos/{owner}/{repo}/statuses/{sha}", [{ statuses: "write" }], (call) => {
    const { state: to, context, description, target_url: targetUrl } = call.body;
    const sha = param(call, "sha");
    if (!call.repo.objects.commits.has(sha)) throw new Refused(422, `No commit found for SHA: ${sha}`);
    refuseTooMany(call.repo, sha, String(context));
    const made = call.world.status(call.repo, sha, {
      by: actor(call),
      appId: call.caller.kind === "installation" ? call.caller.installation.app.id : null,
      context: typeof context === "string" ? context : "default",
      state: to as CommitStatus["state"],
      description: typeof description === "string" ? description : null,
      targetUrl: typeof targetUrl === "string" ? targetUrl : null,
    });
    return { status: 201, body: status(call.state, call.repo, made) };
  }),

  repoRoute("GET /repos/{owner}/{repo}/commits/{ref}/statuses", [{ statuses: "read" }], (call) => {
    const sha = resolveRef(call.repo, param(call, "ref"));
    const newestFirst = call.repo.statuses.filter((each) => each.sha === sha).toReversed();
    return paged(call, newestFirst, (each) => status(call.state, call.repo, each));
  }),

  repoRoute("GET /repos/{owner}/{repo}/commits/{ref}/status", [{ statuses: "read" }], (call) => {
    const sha = resolveRef(call.repo, param(call, "ref"));
    return ok(combinedStatus(call.state, call.repo, { sha, statuses: latestStatuses(call.repo, sha) }));
  }),
];

/** As described of "Create a commit status"; the words are not. */
function refuseTooMany({ statuses }: Repository, sha: string, context: string): void {
  if (statuses.filter((each) => each.sha === sha && each.context === context).length >= MOST_STATUSES)
    throw new Refused(422, "This SHA and context has reached the maximum number of statuses.");
}

/** Checks belong to apps: nobody else may write them. */
function callingApp(call: Call): App {
  if (call.caller.kind !== "installation") throw new Refused(403, "You must authenticate via a GitHub App.");
  return call.caller.installation.app;
}

function runOf(call: RepoCall): CheckRun {
  const run = call.repo.runs.find((each) => each.id === Number(param(call, "check_run_id")));
  if (!run) throw new Refused(404, "Not Found");
  return run;
}

function hasRun(call: Call, suite: CheckSuite, run: CheckRun): boolean {
  return run.suite === suite && matches(call, "check_name", run.name);
}

function matches(call: Call, name: string, value: string): boolean {
  const wanted = call.query.get(name);
  return wanted === null || wanted === value;
}
