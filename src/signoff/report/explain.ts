import type { Problem } from "../../policy/problem.ts";
import { CHECK_ANNOTATIONS, CHECK_BODY_BYTES } from "../limits.ts";
import type { JudgedHazard, Verdict } from "../verdict.ts";
import { escapeInvisible, quote } from "../wording/visible.ts";
import { count, joinAnd, shortSha } from "../wording/words.ts";
import { branchLines } from "./branch-lines.ts";
import { escapeMarkdown } from "./escape.ts";
import { hazardLines, unplacedFalseAlarms } from "./hazard-sections.ts";
import { titleOf } from "./headline.ts";
import { leadLine } from "./lead.ts";
import { isRuleFile, type Links, linksOf } from "./links.ts";
import { meantFor } from "./meant-for.ts";
import { requirementLines, worstFirst } from "./requirement-section.ts";
import {
  contributorLines,
  freezeLines,
  liftedMarkLines,
  optionalReviewLines,
  overrideLines,
  problemLines,
  provenanceLines,
  section,
  timeLines,
} from "./sections.ts";
import type { Judged } from "./site.ts";
import { truncateLines } from "./truncate.ts";

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
  const links = linksOf(verdict, judged);
  const text = [
    ...section("Who wrote it", [...liftedMarkLines(verdict, links), ...provenanceLines(provenance, links)]),
    ...section(
      "Contributors (cannot countersign)",
      contributors.flatMap((each) => contributorLines(each, links)),
    ),
    escapeMarkdown(judgedSentence(judged)),
  ];
  const title = titleOf(verdict, judged.pulls.length > 1 ? (judged.group?.of ?? null) : null);
  const summary = [
    leadLine(title, verdict, links),
    "",
    ...branchLines(judged.branches ?? []),
    ...summaryOf(verdict, links),
    ...leftOut(annotations),
  ];
  return {
    title,
    summary: truncateLines(summary, CHECK_BODY_BYTES),
    text: truncateLines(text, CHECK_BODY_BYTES),
    annotations: annotations.slice(0, CHECK_ANNOTATIONS),
  };
}

function summaryOf(verdict: Verdict, links: Links): readonly string[] {
  const { requirements, optionalReviews, problems } = verdict;
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity === "warning");
  const ignored = meantFor(verdict);
  return [
    ...section(
      "What to fix",
      errors.flatMap((problem) => problemLines(problem, links)),
    ),
    ...section("Frozen", freezeLines(verdict, links)),
    ...section("Override", overrideLines(verdict, links)),
    ...section("Time", timeLines(verdict, links)),
    ...section(
      "Who must countersign",
      worstFirst(requirements).flatMap((each) =>
        requirementLines(each, { links, ignored: ignored.of(each) }),
      ),
    ),
    ...section("Destructive or permission-widening changes", hazardLines(verdict, links)),
    ...section(
      "Review requested (optional)",
      optionalReviews.flatMap((set) => optionalReviewLines(set, links)),
    ),
    ...section(
      "Reviews that do not count",
      [...ignored.others, ...unplacedFalseAlarms(verdict)].map(
        ({ sentence }) => `- ${escapeMarkdown(sentence, links.of)}`,
      ),
    ),
    ...section(
      "Remarks",
      warnings.flatMap((problem) => problemLines(problem, links)),
    ),
  ];
}

function leftOut(annotations: readonly Annotation[]): readonly string[] {
  const left = annotations.length - CHECK_ANNOTATIONS;
  return left <= 0 ? [] : [`*${count(left, "more annotation")} not shown.*`];
}

function annotationOf({
  code,
  severity,
  file,
  line,
  column,
  message,
  remedy,
}: Problem): readonly Annotation[] {
  if (line === undefined || !isRuleFile(file)) return [];
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
