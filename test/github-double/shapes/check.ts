import { latestRuns } from "../world/merge-requirements.ts";
import type { CheckRun, CheckSuite, CommitStatus, Pull, Repository } from "../world/model.ts";
import { fullName } from "../world/model.ts";
import type { State } from "../world/state.ts";
import { app, user } from "./account.ts";
import { simpleCommit } from "./git.ts";
import { html, type Json, nodeId, pullApi, repoApi, repoHtml } from "./links.ts";
import { repository } from "./repository.ts";

/** GitHub's description of webhooks knows them as events, and not as events of an app; what it sends is not documented. */
const UNLISTED: ReadonlySet<string> = new Set([
  "branch_protection_configuration",
  "deployment_protection_rule",
  "repository_ruleset",
]);

function appOfSuite(state: State, id: number): Json | null {
  const known = state.apps.get(id);
  return known
    ? app(state, { ...known, events: known.events.filter((event) => !UNLISTED.has(event)) })
    : null;
}

/** REST's `check-run`. */
export function checkRun(state: State, run: CheckRun): Json {
  const { repo, sha } = run.suite;
  const url = `${repoApi(state, repo)}/check-runs/${run.id}`;
  const page = `${repoHtml(state, repo)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("CheckRun", run.id),
    head_sha: sha,
    external_id: run.externalId ?? "",
    url,
    html_url: page,
    details_url: run.detailsUrl ?? html(state, `/apps/${state.apps.get(run.suite.appId)?.slug ?? ""}`),
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appOfSuite(state, run.suite.appId),
    pull_requests: pullsOf(state, run.suite),
  };
}

/** The suite as `check_suite` and `check_run` webhooks hold it. */
export function checkSuite(state: State, suite: CheckSuite): Json {
  const url = `${repoApi(state, suite.repo)}/check-suites/${suite.id}`;
  const runs = latestRuns(suite.repo, suite.sha).filter((run) => run.suite === suite);
  const done = runs.length > 0 && runs.every((run) => run.status === "completed");
  return {
    id: suite.id,
    node_id: nodeId("CheckSuite", suite.id),
    head_branch: suite.branch,
    head_sha: suite.sha,
    head_commit: simpleCommit(suite.repo.objects.commitAt(suite.sha)),
    status: done ? "completed" : "queued",
    conclusion: done ? (runs.find((run) => run.conclusion !== "success")?.conclusion ?? "success") : null,
    url,
    before: suite.push?.before ?? null,
    after: suite.push?.after ?? suite.sha,
    pull_requests: pullsOf(state, suite),
    app: appOfSuite(state, suite.appId),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
  };
}

/** REST's `check-suite`. */
export function checkSuiteFull(state: State, suite: CheckSuite): Json {
  return { ...checkSuite(state, suite), repository: repository(state, suite.repo) };
}

/** Only pull requests whose head lives in the same repository are seen. */
function pullsOf(state: State, { repo, sha }: CheckSuite): readonly Json[] {
  return [...repo.pulls.values()]
    .filter((pull) => pull.headRepo === repo && pull.headSha === sha && pull.state === "open")
    .map((pull) => pullMinimal(state, pull));
}

function pullMinimal(state: State, pull: Pull): Json {
  const repo = (given: Repository) => ({ id: given.id, url: repoApi(state, given), name: given.name });
  return {
    id: pull.id,
    number: pull.number,
    url: pullApi(state, pull),
    head: { ref: pull.headRef, sha: pull.headSha, repo: repo(pull.headRepo) },
    base: { ref: pull.baseRef, sha: pull.baseSha, repo: repo(pull.repo) },
  };
}

/** REST's `status`. */
export function status(state: State, repo: Repository, given: CommitStatus): Json {
  return {
    url: `${repoApi(state, repo)}/statuses/${given.sha}`,
    avatar_url: html(state, `/avatars/u/${given.creator.id}`),
    id: given.id,
    node_id: nodeId("StatusContext", given.id),
    state: given.state,
    description: given.description,
    target_url: given.targetUrl,
    context: given.context,
    created_at: given.createdAt,
    updated_at: given.createdAt,
    creator: user(state, given.creator),
  };
}

/** REST's `combined-commit-status`. */
export function combinedStatus(
  state: State,
  repo: Repository,
  given: { readonly sha: string; readonly statuses: readonly CommitStatus[] },
): Json {
  const states = new Set(given.statuses.map((each) => each.state));
  const failed = states.has("failure") || states.has("error");
  const url = repoApi(state, repo);
  return {
    state: failed ? "failure" : states.size === 0 || states.has("pending") ? "pending" : "success",
    statuses: given.statuses.map((each) => status(state, repo, each)),
    sha: given.sha,
    total_count: given.statuses.length,
    repository: { ...repository(state, repo), full_name: fullName(repo) },
    commit_url: `${url}/commits/${given.sha}`,
    url: `${url}/commits/${given.sha}/status`,
  };
}
