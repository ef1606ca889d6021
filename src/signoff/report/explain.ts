import { CODEOWNERS_LOCATIONS } from "../../ownership/ownership.ts";
import type { Problem } from "../../policy/problem.ts";
import { CONFIG_PATH } from "../../policy/source.ts";
import { CHECK_ANNOTATIONS, CHECK_BODY_BYTES } from "../limits.ts";
import type { JudgedHazard, Verdict } from "../verdict.ts";
import { escapeInvisible, quote } from "../wording/visible.ts";
import { count, joinAnd, shortSha } from "../wording/words.ts";
import { escapeMarkdown } from "./escape.ts";
import { hazardLines } from "./hazard-sections.ts";
import { titleOf } from "./headline.ts";
import {
  contributorLines,
  ignoredReviewLines,
  liftedMarkLines,
  optionalReviewLines,
  problemLines,
  provenanceLines,
  requirementLines,
  section,
} from "./sections.ts";
import { truncateLines } from "./truncate.ts";

/** What was judged: the pull requests that share one head, or those of a merge group. */
export interface Judged {
  /** `owner/name`. */
  readonly repository: string;
  readonly pulls: readonly number[];
  readonly headSha: string;
  /** Set for a merge group: the pull request whose verdict is shown; `null` if unknown. */
  readonly group?: { readonly of: number | null };
}

/** The text of a check run. `title` and annotations are plain text, `summary` and `text` are Markdown. */
export interface Explanation {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly Annotation[];
}

/** A remark on a line of a file. */
interface Annotation {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column?: number;
  readonly level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** First who has to do what, then what did not count and why, then who wrote what. */
export function explain(verdict: Verdict, judged: Judged): Explanation {
  const { provenance, contributors, problems } = verdict;
  const annotations = [
    ...problems.flatMap(annotationOf),
    ...verdict.hazards.flatMap(hazardAnnotation("asks")),
    ...verdict.hazards.flatMap(hazardAnnotation("shown")),
  ];
  const text = [
    ...section("Who wrote it", [...liftedMarkLines(verdict), ...provenanceLines(provenance)]),
    ...section("Contributors (cannot countersign)", contributors.flatMap(contributorLines)),
    escapeMarkdown(judgedSentence(judged)),
  ];
  return {
    title: titleOf(verdict, judged.pulls.length > 1 ? (judged.group?.of ?? null) : null),
    summary: truncateLines(summaryOf(verdict, annotations.length - CHECK_ANNOTATIONS), CHECK_BODY_BYTES),
    text: truncateLines(text, CHECK_BODY_BYTES),
    annotations: annotations.slice(0, CHECK_ANNOTATIONS),
  };
}

function summaryOf(verdict: Verdict, annotationsLeftOut: number): readonly string[] {
  const { requirements, optionalReviews, problems } = verdict;
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity === "warning");
  const sections = [
    ...section("What to fix", errors.flatMap(problemLines)),
    ...section("Who must countersign", requirements.flatMap(requirementLines)),
    ...section("Destructive or permission-widening changes", hazardLines(verdict)),
    ...section("Review requested (optional)", optionalReviews.flatMap(optionalReviewLines)),
    ...section("Reviews that do not count", ignoredReviewLines(verdict)),
    ...section("Remarks", warnings.flatMap(problemLines)),
  ];
  const whole = sections.length === 0 ? [`${escapeMarkdown(titleOf(verdict))}.`, ""] : sections;
  if (annotationsLeftOut <= 0) return whole;
  return [...whole, `*${count(annotationsLeftOut, "more annotation")} not shown.*`];
}

/** The files that are read from the base branch; problems in any other file get no annotation. */
const ANNOTATED: ReadonlySet<string> = new Set([CONFIG_PATH, ...CODEOWNERS_LOCATIONS]);

function annotationOf({
  code,
  severity,
  file,
  line,
  column,
  message,
  remedy,
}: Problem): readonly Annotation[] {
  if (file === undefined || line === undefined || !ANNOTATED.has(file)) return [];
  const level = severity === "error" ? "failure" : "warning";
  const text = { title: code, message: escapeInvisible(`${message} ${remedy}`) };
  return [{ path: file, line, ...(column === undefined ? {} : { column }), level, ...text }];
}

/** An annotation for each hazard of this status, at its line. */
function hazardAnnotation(kind: keyof typeof LEVELS) {
  return ({ id, file, shownAt, why, status }: JudgedHazard): readonly Annotation[] => {
    if (status.kind !== kind) return [];
    const message = escapeInvisible(`This change ${why}.`);
    return [{ path: file, line: shownAt, level: LEVELS[kind], title: id, message }];
  };
}

const LEVELS = { asks: "warning", shown: "notice" } as const;

function judgedSentence({ repository, pulls, headSha, group }: Judged): string {
  const which = joinAnd(pulls.map(String));
  const head = `${shortSha(headSha)} of ${quote(repository)}`;
  if (group !== undefined) {
    const whose = pulls.length === 0 ? "" : ` of pull request${pulls.length === 1 ? "" : "s"} ${which}`;
    return `Evaluated: merge group ${head}${whose}, each evaluated again; the strictest verdict is shown.`;
  }
  if (pulls.length < 2) return `Evaluated: pull request ${which} at ${head}.`;
  return `Evaluated: pull requests ${which}, which share the head ${head}; the strictest verdict is shown.`;
}
