import type { Problem } from "../../policy/problem.ts";
import type { Evidence, Provenance } from "../../provenance/evidence.ts";
import type { Contributor, OwnerSet, PullRequestProvenance, Verdict } from "../verdict.ts";
import { freezeSentence, overrideSentences } from "../wording/override-words.ts";
import { declaredSentence, liftedSentence } from "../wording/sentences.ts";
import { timeSentences } from "../wording/time-words.ts";
import { quote } from "../wording/visible.ts";
import {
  contributorName,
  count,
  joinAnd,
  listFirst,
  listFirstQuoted,
  mention,
  ownerNames,
  placeOf,
  shortSha,
} from "../wording/words.ts";
import { code, escapeMarkdown, link } from "./escape.ts";
import type { Links } from "./links.ts";

/** A part of the check's text, as lines of Markdown; none if it has nothing to say. */
export type Section = readonly string[];

/** Of one requirement or request. */
export const SHOWN_PATHS = 10;

export function section(heading: string, lines: Section): Section {
  return lines.length === 0 ? [] : [`### ${heading}`, "", ...lines, ""];
}

export function overrideLines({ override }: Verdict, links: Links): Section {
  if (override === undefined) return [];
  return overrideSentences(override).map((sentence) => `- ${escapeMarkdown(sentence, links.of)}`);
}

export function freezeLines({ freezes = [] }: Verdict, links: Links): Section {
  return freezes.map((freeze) => `- ${escapeMarkdown(freezeSentence(freeze), links.of)}`);
}

export function timeLines({ time }: Verdict, links: Links): Section {
  return time === undefined ? [] : timeSentences(time).map((each) => `- ${escapeMarkdown(each, links.of)}`);
}

export function optionalReviewLines({ owners, paths, source }: OwnerSet, links: Links): Section {
  const which = listFirstQuoted(paths, SHOWN_PATHS);
  return [`- ${escapeMarkdown(`${ownerNames(owners)} for ${which} (${quote(source)})`, links.of)}`];
}

export function problemLines(problem: Problem, { of }: Links): Section {
  const { severity, message, remedy } = problem;
  const place = placeOf(problem);
  const where = place === "" ? "" : `${escapeMarkdown(quote(place), of)} `;
  return [
    `- ${severity === "error" ? "❌" : "⚠️"} ${where}${escapeMarkdown(message, of)} ${escapeMarkdown(remedy, of)}`,
  ];
}

/** Commits with evidence, one per line; the others are only counted. */
export function provenanceLines(
  { commits, evidence, declarations, writer }: PullRequestProvenance,
  links: Links,
): Section {
  const marked = commits.filter(({ provenance }) => isMarked(provenance));
  const plain = commits.length - marked.length;
  return [
    ...declarations.map(
      (declaration) => `- ${escapeMarkdown(declaredSentence(declaration, writer), links.of)}`,
    ),
    ...(evidence.length === 0 ? [] : ["- The pull request"]),
    ...evidence.map((each) => evidenceLine(each, where(each))),
    ...marked.flatMap(({ sha, subject, provenance }) => [
      `- ${link(code(shortSha(sha)), links.commit(sha))} ${code(subject)}: ${writerOf(provenance)}`,
      ...provenance.evidence.map((each) => evidenceLine(each, each.where.field)),
    ]),
    ...(plain === 0 ? [] : [`- ${count(plain, "commit")} by humans, with no evidence of AI or automation`]),
  ];
}

/** Whose marks do not count, and who says so. */
export function liftedMarkLines({ liftedMarks = [] }: Verdict, links: Links): Section {
  return liftedMarks.map((lifted) => `- ${escapeMarkdown(liftedSentence(lifted), links.of)}`);
}

function isMarked({ writer, evidence }: Provenance): boolean {
  return writer !== "human" || evidence.length > 0;
}

function writerOf({ writer, tools }: Provenance): string {
  if (writer !== "ai") return writer;
  return tools.length === 0
    ? "AI, because nothing shows who wrote it"
    : `AI (${escapeMarkdown(listFirst(tools))})`;
}

function evidenceLine({ tool, strength, text, writtenBy }: Evidence, place: string): string {
  const by = writtenBy?.outsider ? `, written by ${mention(writtenBy)}, who has no write permission` : "";
  return `  - ${escapeMarkdown(tool)}, ${strength}: ${escapeMarkdown(place)} ${code(text)}${escapeMarkdown(by)}`;
}

/** Evidence from a commit that is gone is listed under the pull request. */
function where({ where: place }: Evidence): string {
  return place.on === "commit" ? `${place.field} of the former commit ${shortSha(place.sha)},` : place.field;
}

export function contributorLines(contributor: Contributor, links: Links): Section {
  const deeds = joinAnd(contributor.roles.map(({ because }) => because));
  return [`- ${escapeMarkdown(`${contributorName(contributor)} ${deeds}`, links.of)}`];
}
