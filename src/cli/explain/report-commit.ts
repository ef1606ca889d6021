import type { EvidenceKind, Strength, Writer } from "../../provenance/evidence.ts";
import { quote } from "../../signoff/wording/visible.ts";
import { count, joinAnd, listFirst, shortSha } from "../../signoff/wording/words.ts";
import { type Line, line, type Span } from "../report/lines.ts";
import { WRITER } from "../report/provenance.ts";
import type { CommitExplanation, Finding } from "./commit.ts";
import { type Person, shown } from "./places.ts";
import { areaLines, demandLines, type ReportOptions, section } from "./report-rules.ts";

export function commitLines(commit: CommitExplanation, verbose: boolean): readonly Line[] {
  const options: ReportOptions = { verbose, onePath: false };
  const { sha, subject, findings, nothingIn, people, requesters, areas } = commit;
  return [
    line(0, WRITER[commit.countsAs], ` ${shortSha(sha)} ${quote(subject)}`),
    ...[because(commit), when(commit)].map((text) => line(0, text)),
    ...section("What was found", findings.flatMap(findingLines)),
    ...section(
      "Checked, nothing found",
      [...nothingIn.map(({ sentence }) => sentence), NOT_HERE].map((text) => line(2, text)),
    ),
    ...section("Who took part", [
      ...people.map(personLine),
      ...requesters.map(({ tool, login }) =>
        line(2, `@${login}: asked ${tool} for it, according to the message`),
      ),
    ]),
    ...section("Areas touched", areaLines(areas, options)),
    ...section(
      "What the policy would require",
      demandLines(commit.scopedRequirements, nothingAsked(commit), options),
    ),
  ];
}

const NOT_HERE =
  "pull request: its author, branch, text and labels are not available here, and may show an AI too";

function because({ writer, countsAs, tools, declared: [declared] }: CommitExplanation): string {
  if (writer === "ai") return `It carries the mark of ${joinAnd(tools)}, so it counts as written by an AI.`;
  if (countsAs === "ai")
    return "Nothing shows who wrote it, and “detect.undeclared: ai” counts that as an AI.";
  if (writer === "human" && declared !== undefined) {
    return `Its author declares that no AI took part, and nothing contradicts that: ${quote(declared)}.`;
  }
  return SILENCE[countsAs];
}

const SILENCE: Readonly<Record<Exclude<Writer, "ai">, string>> = {
  human: "It carries no mark of a tool, so it counts as written by a person. Many tools leave no mark.",
  automation: "Its author is automation, not AI, and it carries no mark of a tool.",
  unknown: "Its writer is unknown: its author or message could not be read completely.",
};

function when({ authoredAt, files, change }: CommitExplanation): string {
  const time = authoredAt === null ? "Without a date" : `Written on ${authoredAt.slice(0, 10)}`;
  return `${time}; ${change === "own" ? `it changes ${count(files, "path")}` : UNREAD[change]}.`;
}

const UNREAD: Readonly<Record<Exclude<CommitExplanation["change"], "own">, string>> = {
  merge: "a merge, which only joins commits and is not judged by what they change",
  cut: "the history of this shallow clone ends here, so what it changes is unknown: run `git fetch --unshallow`",
};

function nothingAsked({ change, areas }: CommitExplanation): string {
  if (change !== "own") return "Nothing, as far as is known here.";
  if (areas.length === 0) return "Nothing: it touches no production area.";
  return "Nothing: these areas require a countersignature only when an AI took part.";
}

const SURE: Readonly<Record<Strength, string>> = {
  certain: "Only the tool uses this account or address.",
  strong: "People do not write this by hand.",
  weak: "A hint that is not enough on its own.",
};

/** A mark that is no signal of a tool needs other words. */
const SURE_OF_KIND: Partial<Record<EvidenceKind, string>> = {
  attested: "A line-by-line record kept by a tool; people do not write it by hand.",
  declared: "What the commit itself declares.",
  configured: "The config names this account as an agent.",
};

const STYLE: Readonly<Record<Strength, Exclude<Span, string>["style"]>> = {
  certain: ["bold", "magenta"],
  strong: "magenta",
  weak: "dim",
};

function findingLines({ tool, kind, strength, field, text, sources }: Finding): readonly Line[] {
  return [
    line(2, { text: `${tool}, ${strength}`, style: STYLE[strength] }, `: ${field} ${quote(text)}`),
    line(4, SURE_OF_KIND[kind] ?? SURE[strength]),
    ...(sources.length === 0 ? [] : [line(4, { text: `Known from ${listFirst(sources)}.`, style: "dim" })]),
  ];
}

const KIND: Readonly<Record<Person["kind"], string>> = {
  person: "a person",
  agent: "acts for an AI",
  automation: "automation",
  "web-flow": "GitHub itself",
};

function personLine(person: Person): Line {
  return line(2, `${shown(person)}: ${joinAnd(person.roles)}, ${KIND[person.kind]}`);
}
