import { checkRun, combinedStatus, status } from "../../shapes/check.ts";
import type { CheckRunFields } from "../../world/checks.ts";
import { latestRuns, latestStatuses } from "../../world/gate.ts";
import type { App, CheckRun, CommitStatus } from "../../world/model.ts";
import { resolveRef } from "../../world/refs.ts";
import { Refused } from "../../world/refused.ts";
import { paged } from "../paging.ts";
import { actor, type Call, ok, param, type RepoCall, type Route, repoRoute } from "../route.ts";

export const checkRoutes: readonly Route[] = [
  repoRoute("POST /repos/{owner}/{repo}/check-runs", [{ checks: "write" }], (call) => {
    const app = callingApp(call);
    const { head_sha: sha, name } = call.body;
    if (typeof sha !== "string" || typeof name !== "string") throw new Refused(422, "Invalid request.");
    if (!call.repo.objects.commits.has(sha)) throw new Refused(422, `No commit found for SHA: ${sha}`);
    const run = call.world.checkRun(call.repo, sha, { ...fieldsOf(call), name, app });
    return { status: 201, body: checkRun(call.state, run) };
  }),

  repoRoute("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", [{ checks: "write" }], (call) => {
    const app = callingApp(call);
    const run = runOf(call);
    if (run.suite.appId !== app.id)
      throw new Refused(
        403,
        `Invalid app_id \`${app.id}\` - check run can only be modified by the GitHub App that created it.`,
      );
    call.world.updateCheckRun(run, fieldsOf(call));
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

  repoRoute("POST /repos/{owner}/{repo}/statuses/{sha}", [{ statuses: "write" }], (call) => {
    const { state: to, context, description, target_url: targetUrl } = call.body;
    const sha = param(call, "sha");
    if (!call.repo.objects.commits.has(sha)) throw new Refused(422, `No commit found for SHA: ${sha}`);
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

  repoRoute("GET /repos/{owner}/{repo}/commits/{ref}/status", [{ statuses: "read" }], (call) => {
    const sha = resolveRef(call.repo, param(call, "ref"));
    return ok(combinedStatus(call.state, call.repo, { sha, statuses: latestStatuses(call.repo, sha) }));
  }),
];

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

function matches(call: Call, name: string, value: string): boolean {
  const wanted = call.query.get(name);
  return wanted === null || wanted === value;
}

/** The body, which the published schema has already judged, in the world's words. */
function fieldsOf({ body }: Call): CheckRunFields {
  const output = (body.output ?? {}) as Record<string, unknown>;
  const fields = {
    name: body.name,
    status: body.status,
    conclusion: body.conclusion,
    externalId: body.external_id,
    detailsUrl: body.details_url,
    startedAt: body.started_at,
    completedAt: body.completed_at,
    actions: body.actions,
    title: output.title,
    summary: output.summary,
    text: body.output === undefined ? undefined : (output.text ?? null),
    annotations: output.annotations,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
