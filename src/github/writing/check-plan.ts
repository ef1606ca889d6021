import { createHash } from "node:crypto";
import type { Conclusion } from "../../signoff/verdict.ts";
import { LIMITS } from "../client/limits.ts";
import type { ExistingCheckRun } from "../reading/read-snapshot.ts";

/** The verdict of a head commit, as its check run is to show it. */
export interface CheckWrite {
  /** The run there is. */
  readonly existing: ExistingCheckRun | null;
  readonly report: CheckReport;
  readonly conclusion: Conclusion;
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

/** One write into a run. What is absent stays as it is. */
export interface RunWrite {
  /** Set with the first write; the run is completed by it. */
  readonly conclusion?: Conclusion;
  readonly detailsUrl?: string;
  readonly externalId?: string;
  /** Within GitHub's limits. */
  readonly output: CheckReport;
}

/** The writes that bring a run to a report, in turn. */
export interface CheckPlan {
  /** The run that is written to; `null` where a new one takes the place of what there is. */
  readonly run: ExistingCheckRun | null;
  /** What the run bears in the end. */
  readonly externalId: string | null;
  readonly first: RunWrite;
  readonly others: readonly RunWrite[];
}

/**
 * GitHub appends the annotations of every update and never takes one away. So a run notes, as its external id, which
 * annotations it bears: when those still hold none are sent again, and when they do not (or nothing is noted) a new
 * run of the same name takes the old one's place.
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

/** What a run says that was withdrawn. */
export function withdrawal(reason: string): RunWrite {
  const report = { title: "Being checked again", summary: reason, text: "", annotations: [] };
  return { conclusion: "action_required", output: withinLimits(report, []) };
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
function batches(
  annotations: readonly Annotation[],
): readonly [readonly Annotation[], ...(readonly (readonly Annotation[])[])] {
  const size = LIMITS.annotationsPerRequest;
  const others: (readonly Annotation[])[] = [];
  for (let start = size; start < annotations.length; start += size)
    others.push(annotations.slice(start, start + size));
  return [annotations.slice(0, size), ...others];
}
