import type { Snapshot } from "../signoff/snapshot.ts";
import type { DiscountedReview, Verdict } from "../signoff/verdict.ts";
import { count, ownerNames, whoever } from "../signoff/words.ts";
import { BLANK, type Line, line, type Span } from "./lines.ts";
import type { Range } from "./local-git/range.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { problemLines } from "./report-problems.ts";
import { provenanceLines } from "./report-provenance.ts";
import { pathLines, requirementLines } from "./report-requirements.ts";
import { titleOf } from "./title.ts";

/** What was read and what came of it; `because` says why there was nothing to judge. */
export type Checked = { readonly range: Range; readonly snapshot: Snapshot } & (
  | { readonly verdict: Verdict }
  | { readonly verdict: null; readonly because: string }
);

export interface ReportOptions {
  /** Every path and commit, not the first few. */
  readonly verbose?: true;
}

/** The verdict for people: what comes of it, who must sign what, what did not count, then who wrote it. */
export function reportOf(checked: Checked, options: ReportOptions): readonly Line[] {
  const { range, snapshot, verdict } = checked;
  const sections: readonly (readonly Line[])[] =
    verdict === null
      ? []
      : [
          titled(
            "Who must sign",
            verdict.requirements.flatMap((each) => requirementLines(each, options)),
          ),
          titled("Asked to look, not required", courtesyLines(verdict, options)),
          titled("Did not count", verdict.discounted.map(discountLine)),
          titled("Problems", verdict.problems.flatMap(problemLines)),
          titled("Who wrote it", provenanceLines(verdict.provenance, options)),
        ];
  return [headline(checked), ...contextLines(range, snapshot), ...sections.flat()];
}

const HEADLINES: Readonly<Record<Outcome, Span>> = {
  pass: { text: "PASS", style: ["bold", "green"] },
  wouldBlock: { text: "BLOCKED", style: ["bold", "red"] },
  notEvaluated: { text: "NOT EVALUATED", style: ["bold", "red"] },
};

function headline(checked: Checked): Line {
  const title = checked.verdict === null ? `nothing to check: ${checked.because}` : titleOf(checked.verdict);
  return line(0, HEADLINES[outcomeOf(checked.verdict)], ` ${title}`);
}

function contextLines({ base, head }: Range, { repository, commits, files }: Snapshot): readonly Line[] {
  const counts = `${count(commits.length, "commit")}, ${count(files.length, "file")}`;
  const chosen = base.chosen === "default" ? "; the base was found, --base REF names another" : "";
  const texts = [
    `${point(head)} into ${point(base)} of ${repository.owner}/${repository.name}: ${counts}${chosen}`,
    "Local: accounts are told apart by e-mail, approvals and teams are what you say (see --help).",
  ];
  return texts.map((text) => line(0, { text, style: "dim" }));
}

function point({ name, sha }: Range["head"]): string {
  const short = sha.slice(0, 7);
  return sha.startsWith(name) ? short : `${name} (${short})`;
}

function courtesyLines({ courtesy }: Verdict, options: ReportOptions): readonly Line[] {
  return courtesy.flatMap(({ owners, paths, source }) => [
    line(2, { text: ownerNames(owners), style: "bold" }, ` (${source})`),
    ...pathLines(paths, options),
  ]);
}

function discountLine({ by, sentence }: DiscountedReview): Line {
  return line(2, `${whoever(by)}: `, sentence);
}

function titled(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [BLANK, line(0, { text: title, style: "bold" }), ...lines];
}
