import { z } from "zod";
import type { RepositoryRef } from "../../store/repository.ts";
import { type GitHubClient, parsed, rest } from "../client/client.ts";
import type { ExistingCheckRun } from "../reading/read-snapshot.ts";
import type { Annotation, CheckPlan, RunWrite } from "./check-plan.ts";

/** A head commit and the repository of its check. */
export interface Head {
  readonly repository: RepositoryRef;
  readonly headSha: string;
}

/**
 * Executes the first write of a plan by REST and returns the resulting run.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function putRun(client: GitHubClient, head: Head, plan: CheckPlan): Promise<ExistingCheckRun> {
  const { run, first, externalId } = plan;
  const made =
    run === null
      ? await create(client, head, plan)
      : await patch(client, head.repository, { id: run.id, write: first });
  return { id: made.id, nodeId: run?.nodeId ?? made.node_id ?? null, externalId };
}

/** The App permission for writing checks. */
export const CHECKS = "Checks: write";

const runAnswer = z.object({ id: z.int(), node_id: z.string().optional() });

async function create(
  client: GitHubClient,
  { repository: { owner, repo }, headSha }: Head,
  { name, first }: CheckPlan,
): Promise<z.infer<typeof runAnswer>> {
  const { data } = await rest(client, {
    route: "POST /repos/{owner}/{repo}/check-runs",
    parameters: { owner, repo, name, head_sha: headSha, ...fields(first) },
    need: CHECKS,
  });
  return parsed(runAnswer, data, "the check run");
}

export async function patch(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { id, write }: { readonly id: number; readonly write: RunWrite },
): Promise<z.infer<typeof runAnswer>> {
  const { data } = await rest(client, {
    route: "PATCH /repos/{owner}/{repo}/check-runs/{id}",
    parameters: { owner, repo, id, ...fields(write) },
    need: CHECKS,
  });
  return parsed(runAnswer, data, "the check run");
}

function fields({ conclusion, detailsUrl, externalId, output }: RunWrite) {
  const { title, summary, text, annotations } = output;
  return {
    ...statusOf(conclusion),
    ...(detailsUrl === undefined ? {} : { details_url: detailsUrl }),
    ...(externalId === undefined ? {} : { external_id: externalId }),
    output: {
      title,
      summary,
      text,
      ...(annotations.length === 0 ? {} : { annotations: annotations.map(annotation) }),
    },
  };
}

function statusOf(conclusion: RunWrite["conclusion"]) {
  if (conclusion === undefined) return {};
  return conclusion === "none" ? { status: "in_progress" } : { status: "completed", conclusion };
}

function annotation({ path, startLine, endLine, level, title, message }: Annotation) {
  return {
    path,
    start_line: startLine,
    end_line: endLine,
    annotation_level: level,
    title,
    message,
  };
}
