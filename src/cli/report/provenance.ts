import type { Evidence, Provenance, Writer } from "../../provenance/evidence.ts";
import type { PullRequestProvenance } from "../../signoff/verdict.ts";
import { declaredSentence } from "../../signoff/wording/sentences.ts";
import { quote } from "../../signoff/wording/visible.ts";
import { count, shortSha } from "../../signoff/wording/words.ts";
import { type Line, line, type Span } from "./lines.ts";
import type { ReportOptions } from "./options.ts";

const SHOWN_COMMITS = 10;

export const WRITER: Readonly<Record<Writer, Span>> = {
  ai: { text: "AI        ", style: "magenta" },
  automation: { text: "automation", style: "cyan" },
  human: { text: "human     ", style: "green" },
  unknown: { text: "unknown   ", style: "red" },
};

/** The commits that are not plainly human, each with its evidence; how many others there are. */
export function provenanceLines(
  { commits, evidence, declarations, writer }: PullRequestProvenance,
  { verbose }: ReportOptions,
): readonly Line[] {
  const told = verbose ? commits : commits.filter(isTelling);
  const shown = verbose ? told : told.slice(0, SHOWN_COMMITS);
  const rest = commits.length - told.length;
  return [
    ...declarations.map((declaration) => line(2, declaredSentence(declaration, writer))),
    ...evidence.filter(({ where }) => where.on === "pull-request").map((each) => line(2, describe(each))),
    ...shown.flatMap(({ sha, subject, provenance }) => [
      line(2, `${shortSha(sha)} `, WRITER[provenance.writer], ` ${quote(subject)}`),
      ...provenance.evidence.map((each) => line(4, describe(each))),
    ]),
    ...(told.length > shown.length
      ? [line(2, `and ${count(told.length - shown.length, "more commit")} like these (--verbose shows all)`)]
      : []),
    ...(rest > 0 ? [line(2, `${count(rest, "commit")} without a sign of AI or automation`)] : []),
  ];
}

function isTelling({ provenance }: { readonly provenance: Provenance }): boolean {
  return provenance.writer !== "human" || provenance.evidence.length > 0;
}

function describe({ tool, strength, where, text }: Evidence): string {
  return `${tool}, ${strength}: ${where.field} ${quote(text)}`;
}
