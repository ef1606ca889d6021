import { z } from "zod";
import type { RepositoryRef } from "../../store/store.ts";
import { CHECK_NAME } from "../client/check-name.ts";
import { type GitHubClient, parsed, rest } from "../client/client.ts";
import type { ExistingCheckRun } from "../reading/read-snapshot.ts";
import { type Annotation, type CheckPlan, type RunWrite, withdrawal } from "./check-plan.ts";

/** A head commit and the repository its check is written in. */
export interface Head {
  readonly repository: RepositoryRef;
  readonly headSha: string;
}

/**
 * Carries a plan out by REST, and answers with the run as it now is.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function putRun(client: GitHubClient, head: Head, plan: CheckPlan): Promise<ExistingCheckRun> {
  const { repository } = head;
  const { run, first, others, externalId } = plan;
  const made =
    run === null
      ? await create(client, head, first)
      : await patch(client, repository, { id: run.id, write: first });
  for (const write of others) await patch(client, repository, { id: made.id, write });
  return { id: made.id, nodeId: run?.nodeId ?? made.node_id ?? null, externalId };
}

/** Blocks a head commit whose verdict may no longer hold, until it is judged anew. Only what is there is changed. */
export async function withdraw(
  client: GitHubClient,
  { repository, checkRunId }: { readonly repository: RepositoryRef; readonly checkRunId: number },
  reason: string,
): Promise<void> {
  await patch(client, repository, { id: checkRunId, write: withdrawal(reason) });
}

/** The App permission that writing a check rests on. */
export const CHECKS = "Checks: write";

const runAnswer = z.object({ id: z.int(), node_id: z.string().optional() });

async function create(
  client: GitHubClient,
  { repository: { owner, repo }, headSha }: Head,
  write: RunWrite,
): Promise<z.infer<typeof runAnswer>> {
  const { data } = await rest(client, {
    route: "POST /repos/{owner}/{repo}/check-runs",
    parameters: { owner, repo, name: CHECK_NAME, head_sha: headSha, ...fields(write) },
    need: CHECKS,
  });
  return parsed(runAnswer, data, "the check run");
}

async function patch(
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
    ...(conclusion === undefined ? {} : { status: "completed", conclusion }),
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
