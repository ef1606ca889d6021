import type { Problem } from "../../policy/problem.ts";
import type { Evidence, Provenance } from "../../provenance/evidence.ts";
import type {
  Contributor,
  Countersignature,
  OwnerSet,
  PullRequestProvenance,
  Refusal,
  Requirement,
  RequirementOutcome,
  Verdict,
} from "../verdict.ts";
import { declaredSentence, standsSentence, unableOwnerName } from "../wording/sentences.ts";
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
  signerName,
} from "../wording/words.ts";
import { code, escapeMarkdown } from "./escape.ts";
import { awaited } from "./headline.ts";

/** A part of the check's text, as lines of Markdown; none if it has nothing to say. */
export type Section = readonly string[];

const SHOWN_PATHS = 10;
const SHOWN_PEOPLE = 10;

export function section(heading: string, lines: Section): Section {
  return lines.length === 0 ? [] : [`### ${heading}`, "", ...lines, ""];
}

const STATUS: Readonly<Record<RequirementOutcome["status"], (outcome: RequirementOutcome) => string>> = {
  signed: ({ countersignatures }) =>
    `✅ ${joinAnd(countersignatures.map(({ by }) => mention(by)))} countersigned`,
  waiting: (outcome) => {
    const { requirement, countersignatures } = outcome;
    const given =
      requirement.count > 1 ? ` (${countersignatures.length} of ${requirement.count} so far)` : "";
    return `⏳ needs approval from ${awaited(outcome)}${given}`;
  },
  refused: ({ refusals }) => `⛔ refused by ${joinAnd(refusals.map(({ by }) => mention(by)))}`,
  impossible: () => "🚫 nobody can countersign this yet",
};

export function requirementLines(outcome: RequirementOutcome): Section {
  const { requirement, status, countersignatures, refusals, canSign, cannotSign, remedy } = outcome;
  const { area, from, because } = requirement;
  const paths = `${listFirstQuoted(from.paths, SHOWN_PATHS)} (${quote(from.source)})`;
  return [
    `- **${escapeMarkdown(area)}** ${escapeMarkdown(STATUS[status](outcome))}`,
    ...(remedy === undefined ? [] : [detail("What to do", remedy)]),
    ...refusals.map((refusal) => detail("What to do", standsSentence(refusal))),
    ...(canSign.length === 0 ? [] : [detail("Can sign", listFirst(canSign.map(signerName), SHOWN_PEOPLE))]),
    ...(cannotSign.length === 0
      ? []
      : [detail("Cannot sign", listFirst(cannotSign.map(unableOwnerName), SHOWN_PEOPLE))]),
    ...askedFor(requirement).map((sentence) => detail("Asked", sentence)),
    detail("For", paths),
    detail("Why", because),
    ...countersignatures.map((signature) => detail("Signed", signedSentence(signature))),
    ...refusals.map((refusal) => detail("Refused", refusedSentence(refusal))),
  ];
}

/** What "needs approval from" alone does not say: how many, and which seniors. */
function askedFor({ count: needed, from, senior }: Requirement): readonly string[] {
  if (needed === 1 && senior.length === 0) return [];
  const one =
    senior.length === 0 ? "" : `; one of ${ownerNames(senior)} must be among them or sign in addition`;
  return [`${count(needed, "countersignature")} from ${ownerNames(from.owners)}${one}.`];
}

function signedSentence({ by, as, at, headSha, kept }: Countersignature): string {
  const through = as.kind === "team" ? ` of ${ownerNames([as])}` : "";
  const what = `${mention(by)}${through} for ${shortSha(headSha)} (${at.slice(0, 10)})`;
  return kept ? `${what}; still counts, because later pushes did not change this area.` : `${what}.`;
}

function refusedSentence({ by, at, commitSha }: Refusal): string {
  const what = commitSha === null ? "for a commit that is gone" : `for ${shortSha(commitSha)}`;
  return `${mention(by)} ${what} (${at.slice(0, 10)}).`;
}

function detail(label: string, sentence: string): string {
  return `  - ${label}: ${escapeMarkdown(sentence)}`;
}

export function optionalReviewLines({ owners, paths, source }: OwnerSet): Section {
  const which = listFirstQuoted(paths, SHOWN_PATHS);
  return [`- ${escapeMarkdown(`${ownerNames(owners)} for ${which} (${quote(source)})`)}`];
}

/** Each ignored review once: ignored everywhere, or only for one area. */
export function ignoredReviewLines({ ignoredReviews, requirements, rejectedFalseAlarms }: Verdict): Section {
  const everywhere = new Set(ignoredReviews.map(({ reviewId }) => reviewId));
  const somewhere = requirements.flatMap(({ requirement, ignoredReviews: here }) =>
    here
      .filter(({ reviewId }) => !everywhere.has(reviewId))
      .map(({ sentence }) => `${quote(requirement.area)}: ${sentence}`),
  );
  const claims = rejectedFalseAlarms.map(({ sentence }) => sentence);
  return [...ignoredReviews.map(({ sentence }) => sentence), ...somewhere, ...claims].map(
    (sentence) => `- ${escapeMarkdown(sentence)}`,
  );
}

export function problemLines(problem: Problem): Section {
  const { severity, message, remedy } = problem;
  const place = placeOf(problem);
  const where = place === "" ? "" : `${code(place)} `;
  return [
    `- ${severity === "error" ? "❌" : "⚠️"} ${where}${escapeMarkdown(message)} ${escapeMarkdown(remedy)}`,
  ];
}

/** Commits with evidence, one per line; the others are only counted. */
export function provenanceLines({ commits, evidence, declarations, writer }: PullRequestProvenance): Section {
  const marked = commits.filter(({ provenance }) => isMarked(provenance));
  const plain = commits.length - marked.length;
  return [
    ...declarations.map((declaration) => `- ${escapeMarkdown(declaredSentence(declaration, writer))}`),
    ...(evidence.length === 0 ? [] : ["- The pull request"]),
    ...evidence.map((each) => evidenceLine(each, where(each))),
    ...marked.flatMap(({ sha, subject, provenance }) => [
      `- ${code(shortSha(sha))} ${code(subject)}: ${writerOf(provenance)}`,
      ...provenance.evidence.map((each) => evidenceLine(each, each.where.field)),
    ]),
    ...(plain === 0 ? [] : [`- ${count(plain, "commit")} by humans, with no evidence of AI or automation`]),
  ];
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

function evidenceLine({ tool, strength, text }: Evidence, place: string): string {
  return `  - ${escapeMarkdown(tool)}, ${strength}: ${escapeMarkdown(place)} ${code(text)}`;
}

/** Evidence from a commit that is gone is listed under the pull request. */
function where({ where: place }: Evidence): string {
  return place.on === "commit" ? `${place.field} of the former commit ${shortSha(place.sha)},` : place.field;
}

export function contributorLines(contributor: Contributor): Section {
  return [
    `- ${escapeMarkdown(`${contributorName(contributor)} ${joinAnd(contributor.roles.map(({ because }) => because))}`)}`,
  ];
}
