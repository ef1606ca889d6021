import { createHash } from "node:crypto";
import { z } from "zod";
import type { Conclusion } from "../signoff/verdict.ts";
import type { RepositoryRef } from "../store/store.ts";
import { CHECK_NAME } from "./check-name.ts";
import { type GitHubClient, parsed, rest } from "./client.ts";
import type { ExistingCheckRun } from "./head.ts";
import { LIMITS } from "./limits.ts";

export interface CheckTarget {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  readonly existing: ExistingCheckRun | null;
  /** Where "Details" leads. */
  readonly detailsUrl?: string;
}

export interface CheckReport {
  readonly title: string;
  /** Markdown, as `text`; at most `LIMITS.checkText` characters each. */
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly Annotation[];
}

/** A remark beside the code, at the head commit. */
export interface Annotation {
  readonly path: string;
  /** 1-based; `endLine` is the last line meant, the same one for a single line. */
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string;
  readonly message: string;
}

/**
 * Writes the verdict of a head commit into its one check run, and answers with the run as it now is.
 *
 * GitHub appends the annotations of every update and never takes one away. So the run notes, as its external id,
 * which annotations it bears: when those still hold none are sent again, and when they do not a new run of the same
 * name takes the old one's place.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function publishVerdict(
  client: GitHubClient,
  target: CheckTarget,
  { report, conclusion }: { readonly report: CheckReport; readonly conclusion: Conclusion },
): Promise<ExistingCheckRun> {
  const externalId = digest(report.annotations);
  const { existing } = target;
  const bears = existing?.externalId ?? NO_ANNOTATIONS;
  const fields = {
    status: "completed",
    conclusion,
    external_id: externalId,
    ...(target.detailsUrl === undefined ? {} : { details_url: target.detailsUrl }),
  };
  if (existing !== null && bears === externalId) {
    await patch(client, target, { id: existing.id, fields: { ...fields, output: output(report, []) } });
    return { id: existing.id, externalId };
  }
  const [first = [], ...others] = batches(report.annotations);
  const begun = others.length === 0 ? fields : { ...fields, external_id: UNFINISHED };
  const written = { ...begun, output: output(report, first) };
  const reuse = existing !== null && bears === NO_ANNOTATIONS;
  const id = reuse
    ? await patch(client, target, { id: existing.id, fields: written })
    : await create(client, target, written);
  for (const [index, annotations] of others.entries()) {
    const last = index === others.length - 1;
    const more = { ...(last ? { external_id: externalId } : {}), output: output(report, annotations) };
    await patch(client, target, { id, fields: more });
  }
  return { id, externalId };
}

/** Blocks a head commit whose verdict may no longer hold, until it is judged anew. Only what is there is changed. */
export async function withdraw(
  client: GitHubClient,
  target: { readonly repository: RepositoryRef; readonly checkRunId: number },
  reason: string,
): Promise<void> {
  const report = { title: "Being checked again", summary: reason, text: "", annotations: [] };
  const fields = { status: "completed", conclusion: "action_required", output: output(report, []) };
  await patch(client, target, { id: target.checkRunId, fields });
}

const NEED = "Checks: write";
const runAnswer = z.object({ id: z.int() });

async function create(
  client: GitHubClient,
  { repository: { owner, repo }, headSha }: CheckTarget,
  fields: object,
): Promise<number> {
  const { data } = await rest(client, {
    route: "POST /repos/{owner}/{repo}/check-runs",
    parameters: { owner, repo, name: CHECK_NAME, head_sha: headSha, ...fields },
    need: NEED,
  });
  return parsed(runAnswer, data, "the check run").id;
}

async function patch(
  client: GitHubClient,
  { repository: { owner, repo } }: Pick<CheckTarget, "repository">,
  { id, fields }: { readonly id: number; readonly fields: object },
): Promise<number> {
  const { data } = await rest(client, {
    route: "PATCH /repos/{owner}/{repo}/check-runs/{id}",
    parameters: { owner, repo, id, ...fields },
    need: NEED,
  });
  return parsed(runAnswer, data, "the check run").id;
}

function output({ title, summary, text }: CheckReport, annotations: readonly Annotation[]) {
  const given = annotations.map(({ path, startLine, endLine, level, title, message }) => ({
    path,
    start_line: startLine,
    end_line: endLine,
    annotation_level: level,
    title: title.slice(0, LIMITS.annotationTitle),
    message,
  }));
  return { title, summary, text, ...(given.length === 0 ? {} : { annotations: given }) };
}

const NO_ANNOTATIONS = "annotations:none";
/** Borne by a run while its annotations are being sent; one that keeps it is never added to. */
const UNFINISHED = "annotations:unfinished";

function digest(annotations: readonly Annotation[]): string {
  if (annotations.length === 0) return NO_ANNOTATIONS;
  return `annotations:${createHash("sha256").update(JSON.stringify(annotations)).digest("hex").slice(0, 32)}`;
}

function batches(annotations: readonly Annotation[]): readonly (readonly Annotation[])[] {
  const size = LIMITS.annotationsPerRequest;
  return Array.from({ length: Math.ceil(annotations.length / size) }, (_, index) =>
    annotations.slice(index * size, (index + 1) * size),
  );
}
