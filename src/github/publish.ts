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
  /** Markdown, as `text`; what is longer than GitHub takes is cut. */
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
 * which annotations it bears: when those still hold none are sent again, and when they do not (or nothing is noted)
 * a new run of the same name takes the old one's place.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function publishVerdict(
  client: GitHubClient,
  target: CheckTarget,
  { report, conclusion }: { readonly report: CheckReport; readonly conclusion: Conclusion },
): Promise<ExistingCheckRun> {
  const { existing, detailsUrl } = target;
  const externalId = digest(report.annotations);
  const fields = {
    status: "completed",
    conclusion,
    ...(detailsUrl === undefined ? {} : { details_url: detailsUrl }),
  };
  if (existing !== null && (existing.externalId ?? NO_ANNOTATIONS) === externalId) {
    await patch(client, target, { id: existing.id, fields: { ...fields, output: output(report, []) } });
    return existing;
  }
  const parts = batches(report.annotations);
  const [first, ...others] = parts.map((annotations, index) => ({
    external_id: index === parts.length - 1 ? externalId : UNFINISHED,
    output: output(report, annotations),
  }));
  const begun = { ...fields, ...first };
  const id =
    existing?.externalId === NO_ANNOTATIONS
      ? await patch(client, target, { id: existing.id, fields: begun })
      : await create(client, target, begun);
  for (const more of others) await patch(client, target, { id, fields: more });
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
    title: cut(title, LIMITS.annotationTitle),
    message: cut(message, LIMITS.annotationMessage),
  }));
  return {
    title,
    summary: cut(summary, LIMITS.checkText),
    text: cut(text, LIMITS.checkText),
    ...(given.length === 0 ? {} : { annotations: given }),
  };
}

/** GitHub refuses the whole check for one text that is too long, and an older verdict would stay in force. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

const NO_ANNOTATIONS = "annotations:none";
/** Borne by a run while its annotations are being sent; one that keeps it is never added to. */
const UNFINISHED = "annotations:unfinished";

function digest(annotations: readonly Annotation[]): string {
  if (annotations.length === 0) return NO_ANNOTATIONS;
  return `annotations:${createHash("sha256").update(JSON.stringify(annotations)).digest("hex").slice(0, 32)}`;
}

/** One batch at least, if an empty one. */
function batches(annotations: readonly Annotation[]): readonly (readonly Annotation[])[] {
  const size = LIMITS.annotationsPerRequest;
  return Array.from({ length: Math.max(1, Math.ceil(annotations.length / size)) }, (_, index) =>
    annotations.slice(index * size, (index + 1) * size),
  );
}
