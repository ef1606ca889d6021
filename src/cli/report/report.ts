import { titleOf } from "../../signoff/report/headline.ts";
import { meantFor } from "../../signoff/report/meant-for.ts";
import { worstFirst } from "../../signoff/report/requirement-section.ts";
import type { Snapshot } from "../../signoff/snapshot.ts";
import type { Contributor, OwnerSet, Verdict } from "../../signoff/verdict.ts";
import { timeSentences } from "../../signoff/wording/time-words.ts";
import { contributorName, count, joinAnd, ownerNames, shortSha } from "../../signoff/wording/words.ts";
import type { Range } from "../local-git/range.ts";
import { type Outcome, outcomeOf } from "../outcome.ts";
import { hazardLines } from "./hazards.ts";
import { BLANK, type Line, line, type Span } from "./lines.ts";
import type { ReportOptions } from "./options.ts";
import { problemLines } from "./problems.ts";
import { provenanceLines } from "./provenance.ts";
import { pathLines, requirementLines } from "./requirements.ts";

/** What came of it; `because` says why there was nothing to judge. */
export type Judged = { readonly verdict: Verdict } | { readonly verdict: null; readonly because: string };

export type Checked = { readonly range: Range; readonly snapshot: Snapshot } & Judged;

/** The verdict for people: what comes of it, who must sign what, what did not count, then who wrote it. */
export function reportOf(checked: Checked, options: ReportOptions): readonly Line[] {
  const { verdict } = checked;
  return [
    headline(checked),
    ...contextLines(checked),
    ...(verdict === null ? [] : verdictLines(verdict, checked.snapshot, options)),
  ];
}

export function verdictLines(
  verdict: Verdict,
  { authority }: Snapshot,
  options: ReportOptions,
): readonly Line[] {
  const { requirements, optionalReviews, problems, provenance, contributors, rejectedFalseAlarms, time } =
    verdict;
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity === "warning");
  const ignored = meantFor(verdict);
  const details = { ...options, teams: authority.teams };
  return [
    ...section("What to fix", errors.flatMap(problemLines)),
    ...section("Time", time === undefined ? [] : timeSentences(time).map((sentence) => line(2, sentence))),
    ...section(
      "Who must countersign",
      worstFirst(requirements).flatMap((each) =>
        requirementLines(each, { ...details, ignored: ignored.of(each) }),
      ),
    ),
    ...section("Destructive or permission-widening changes", hazardLines(verdict, options)),
    ...section(
      "Review requested (optional)",
      optionalReviews.flatMap((set) => optionalReviewLines(set, options)),
    ),
    ...section(
      "Reviews that do not count",
      [...ignored.others, ...rejectedFalseAlarms].map(({ sentence }) => line(2, sentence)),
    ),
    ...section("Remarks", warnings.flatMap(problemLines)),
    ...section("Who wrote it", provenanceLines(provenance, options)),
    ...section("Contributors (cannot countersign)", contributorLines(contributors, options)),
  ];
}

const LABELS: Readonly<Record<Outcome, Exclude<Span, string>>> = {
  pass: { text: "PASS", style: ["bold", "green"] },
  wouldBlock: { text: "BLOCKED", style: ["bold", "red"] },
  notEvaluated: { text: "ERROR", style: ["bold", "red"] },
};

/** What comes of it in one line. */
export function headline(judged: Judged): Line {
  return line(0, LABELS[outcomeOf(judged.verdict)], ` ${titleFor(judged)}`);
}

/** The same as plain text. */
export function headlineText(judged: Judged): string {
  return `${LABELS[outcomeOf(judged.verdict)].text} ${titleFor(judged)}`;
}

function titleFor(judged: Judged): string {
  return judged.verdict === null ? `Nothing to check: ${judged.because}` : titleOf(judged.verdict);
}

function contextLines({ range, snapshot }: Checked): readonly Line[] {
  const { base, head, ci } = range;
  const { repository, commits, files } = snapshot;
  const size = `${count(commits.length, "commit")}, ${count(files.length, "file")}`;
  const texts = [
    `${repository.owner}/${repository.name}: ${point(head)} into ${point(base)}${chosenBy(range)}, ${size}`,
    ...(ci?.merge == null
      ? []
      : [`${shortSha(ci.merge)} is left out: the merge of the two that ${ci.server} made.`]),
    "Local: people are told apart by e-mail; approvals and teams come from your options (see --help).",
  ];
  return texts.map((text) => line(0, { text, style: "dim" }));
}

function chosenBy({ base, ci }: Range): string {
  if (ci !== undefined) return ` (from ${ci.server})`;
  return base.chosen === "default" ? " (default; choose another with --base REF)" : "";
}

function point({ name, branch, sha }: Range["head"]): string {
  const shown = name === "HEAD" ? (branch ?? name) : name;
  const short = sha.slice(0, 7);
  return sha.startsWith(shown) ? short : `${shown} at ${short}`;
}

function optionalReviewLines({ owners, paths, source }: OwnerSet, options: ReportOptions): readonly Line[] {
  return [line(2, { text: ownerNames(owners), style: "bold" }, ` (${source})`), ...pathLines(paths, options)];
}

const SHOWN_PEOPLE = 10;

function contributorLines(contributors: readonly Contributor[], { verbose }: ReportOptions): readonly Line[] {
  const shown = verbose ? contributors : contributors.slice(0, SHOWN_PEOPLE);
  const left = contributors.length - shown.length;
  return [
    ...shown.map((each) =>
      line(2, `${contributorName(each)} ${joinAnd(each.roles.map(({ because }) => because))}`),
    ),
    ...(left === 0 ? [] : [line(2, `and ${left} more (--verbose shows all)`)]),
  ];
}

function section(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [BLANK, line(0, { text: title, style: "bold" }), ...lines];
}
