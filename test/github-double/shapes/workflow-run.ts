import type { Repository, WorkflowRun } from "../world/model.ts";
import type { State } from "../world/state.ts";
import { user } from "./account.ts";
import { simpleCommit } from "./git.ts";
import { type Json, nodeId, repoApi, repoHtml } from "./links.ts";
import { repository } from "./repository.ts";

/** A run and its workflow, as `workflow_run` tells of them. */
export function workflowRun(state: State, run: WorkflowRun, repo: Repository): Json {
  const url = `${repoApi(state, repo)}/actions/runs/${run.id}`;
  const workflow = `${repoApi(state, repo)}/actions/workflows/${run.id}`;
  const page = `${repoHtml(state, repo)}/actions`;
  const suite = `${repoApi(state, repo)}/check-suites/${run.id}`;
  const times = { created_at: run.at, updated_at: run.at };
  return {
    workflow: {
      ...{ id: run.id, node_id: nodeId("Workflow", run.id), name: run.name, path: run.path, state: "active" },
      ...times,
      ...{ url: workflow, html_url: `${page}/workflows`, badge_url: `${page}/badge.svg` },
    },
    workflow_run: {
      ...{ id: run.id, node_id: nodeId("WorkflowRun", run.id), name: run.name, path: run.path },
      ...{ display_title: run.title, event: run.event, status: "completed", conclusion: "success" },
      ...{ head_branch: run.headRef, head_sha: run.headSha },
      head_commit: simpleCommit(run.headRepo.objects.commitAt(run.headSha)),
      head_repository: repository(state, run.headRepo),
      repository: repository(state, repo),
      ...{ actor: user(state, run.by), triggering_actor: user(state, run.by) },
      ...{ run_number: 1, run_attempt: 1, run_started_at: run.at, ...times },
      // GitHub leaves out those of forks; what is not read here is not told.
      pull_requests: [],
      ...{
        check_suite_id: run.id,
        check_suite_node_id: nodeId("CheckSuite", run.id),
        check_suite_url: suite,
      },
      ...{ workflow_id: run.id, workflow_url: workflow, previous_attempt_url: null },
      ...{ url, html_url: `${page}/runs/${run.id}`, jobs_url: `${url}/jobs`, logs_url: `${url}/logs` },
      ...{ artifacts_url: `${url}/artifacts`, cancel_url: `${url}/cancel`, rerun_url: `${url}/rerun` },
    },
  };
}
