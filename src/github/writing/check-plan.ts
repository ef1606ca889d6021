import { createHash } from "node:crypto";
import type { Conclusion } from "../../signoff/verdict.ts";
import { LIMITS } from "../client/limits.ts";
import type { ExistingCheckRun } from "../reading/read-snapshot.ts";

/** The verdict of a head commit, as its check run should show it. */
export interface CheckWrite {
  /** The existing run. */
  readonly existing: ExistingCheckRun | null;
  readonly report: CheckReport;
  readonly conclusion: Conclusion;
  /** The target of "Details". */
  readonly detailsUrl?: string;
}

export interface CheckReport {
  readonly title: string;
  /** Markdown, like `text`; cut at GitHub's limit. */
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly Annotation[];
}

/** A remark on the code at the head commit. */
export interface Annotation {
  readonly path: string;
  /** 1-based; `endLine` is the last line meant, the same one for a single line. */
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string;
  readonly message: string;
}

/** One write to a run. Absent fields stay unchanged. */
export interface RunWrite {
  /** Set with the first write; the run is completed by it, or by "none" set back to being in progress. */
  readonly conclusion?: Conclusion | "none";
  readonly detailsUrl?: string;
  readonly externalId?: string;
  /** Within GitHub's limits. */
  readonly output: CheckReport;
}

/** The writes that bring a run up to date, in order. */
export interface CheckPlan {
  /** The run to update; `null` if a new one replaces it. */
  readonly run: ExistingCheckRun | null;
  /** The external id of the finished run. */
  readonly externalId: string | null;
  readonly first: RunWrite;
  readonly others: readonly RunWrite[];
}

/**
 * GitHub appends the annotations of every update and never removes one. So a run's external id records which
 * annotations it has. If they are still right, none are sent again; otherwise a new run of the same name replaces it.
 */
export function planned({ existing, report, conclusion, detailsUrl }: CheckWrite): CheckPlan {
  const externalId = digest(report.annotations);
  const begun = { conclusion, ...(detailsUrl === undefined ? {} : { detailsUrl }) };
  if (existing !== null && (existing.externalId ?? NO_ANNOTATIONS) === externalId) {
    const first = { ...begun, output: withinLimits(report, []) };
    return { run: existing, externalId: existing.externalId, first, others: [] };
  }
  const [part, ...parts] = batches(report.annotations);
  const write = (annotations: readonly Annotation[], noted: string): RunWrite => ({
    externalId: noted,
    output: withinLimits(report, annotations),
  });
  return {
    run: existing?.externalId === NO_ANNOTATIONS ? existing : null,
    externalId,
    first: { ...begun, ...write(part, parts.length === 0 ? externalId : UNFINISHED) },
    others: parts.map((more, index) => write(more, index === parts.length - 1 ? externalId : UNFINISHED)),
  };
}

/**
 * What a run says that was withdrawn. A merge queue throws a group out for a failure, and waits for a run that is in
 * progress.
 */
export function withdrawal(reason: string, inGroup: boolean): RunWrite {
  const report = { title: "Being checked again", summary: reason, text: "", annotations: [] };
  return { conclusion: inGroup ? "none" : "action_required", output: withinLimits(report, []) };
}

function withinLimits(report: CheckReport, annotations: readonly Annotation[]): CheckReport {
  return {
    title: report.title,
    summary: cut(report.summary, LIMITS.checkText),
    text: cut(report.text, LIMITS.checkText),
    annotations: annotations.map((one) => ({
      ...one,
      title: cut(one.title, LIMITS.annotationTitle),
      message: cut(one.message, LIMITS.annotationMessage),
    })),
  };
}

/** GitHub rejects the whole check if one text is too long, and the older verdict would stay. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

const NO_ANNOTATIONS = "annotations:none";
/** The external id while annotations are being sent. A run that still has it is replaced, not extended. */
const UNFINISHED = "annotations:unfinished";

function digest(annotations: readonly Annotation[]): string {
  if (annotations.length === 0) return NO_ANNOTATIONS;
  return `annotations:${createHash("sha256").update(JSON.stringify(annotations)).digest("hex").slice(0, 32)}`;
}

/** At least one batch, possibly empty. */
function batches(
  annotations: readonly Annotation[],
): readonly [readonly Annotation[], ...(readonly (readonly Annotation[])[])] {
  const size = LIMITS.annotationsPerRequest;
  const others: (readonly Annotation[])[] = [];
  for (let start = size; start < annotations.length; start += size)
    others.push(annotations.slice(start, start + size));
  return [annotations.slice(0, size), ...others];
}
