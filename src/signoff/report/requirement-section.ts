import { approvedUnsigned } from "../awaits-passkey.ts";
import type {
  Countersignature,
  IgnoredReview,
  Refusal,
  Requirement,
  RequirementOutcome,
} from "../verdict.ts";
import { standsSentence, unableOwnerName } from "../wording/sentences.ts";
import { quote } from "../wording/visible.ts";
import {
  count,
  joinAnd,
  listFirst,
  listFirstQuoted,
  mention,
  ownerNames,
  shortSha,
  signerName,
} from "../wording/words.ts";
import { escapeMarkdown } from "./escape.ts";
import { awaited } from "./headline.ts";
import type { Links } from "./links.ts";
import { type Section, SHOWN_PATHS } from "./sections.ts";

const SHOWN_PEOPLE = 10;

const STATUS: Readonly<Record<RequirementOutcome["status"], (outcome: RequirementOutcome) => string>> = {
  signed: ({ countersignatures }) =>
    `${joinAnd(countersignatures.map(({ by }) => mention(by)))} countersigned`,
  waiting: (outcome) => {
    const { requirement, countersignatures } = outcome;
    const given =
      requirement.count > 1 ? ` (${countersignatures.length} of ${requirement.count} so far)` : "";
    const approved = approvedUnsigned(outcome).map(mention);
    if (approved.length > 0)
      return `${joinAnd(approved)} approved; waiting for their passkey${approved.length > 1 ? "s" : ""}${given}`;
    return `needs approval from ${awaited(outcome)}${given}`;
  },
  refused: ({ refusals }) => `refused by ${joinAnd(refusals.map(({ by }) => mention(by)))}`,
  impossible: () => "nobody can countersign this yet",
};

const SIGNS: Readonly<Record<RequirementOutcome["status"], string>> = {
  signed: "✅",
  waiting: "⏳",
  refused: "⛔",
  impossible: "🚫",
};

/** How it stands. */
export function statusSentence(outcome: RequirementOutcome): string {
  return STATUS[outcome.status](outcome);
}

const WORST_FIRST: readonly RequirementOutcome["status"][] = ["refused", "impossible", "waiting", "signed"];

/** What needs somebody before what is signed. */
export function worstFirst(outcomes: readonly RequirementOutcome[]): readonly RequirementOutcome[] {
  return outcomes.toSorted(
    (one, other) => WORST_FIRST.indexOf(one.status) - WORST_FIRST.indexOf(other.status),
  );
}

/** What is asked, what stands, what to do, and the reviews that were meant for it and do not count. */
export function requirementLines(
  outcome: RequirementOutcome,
  { links, ignored }: { readonly links: Links; readonly ignored: readonly IgnoredReview[] },
): Section {
  const detail = (label: string, sentence: string) => `  - ${label}: ${escapeMarkdown(sentence, links.of)}`;
  const { requirement, countersignatures, refusals, canSign, cannotSign, remedy } = outcome;
  const { area, from, because } = requirement;
  const paths = `${listFirstQuoted(from.paths, SHOWN_PATHS)} (${quote(from.source)})`;
  return [
    `- **${escapeMarkdown(area)}** ${SIGNS[outcome.status]} ${escapeMarkdown(statusSentence(outcome), links.of)}${observed(outcome)}`,
    ...(remedy === undefined ? [] : [detail("What to do", remedy)]),
    ...refusals.map((refusal) => detail("What to do", standsSentence(refusal))),
    ...(canSign.length === 0 ? [] : [detail("Can sign", listFirst(canSign.map(signerName), SHOWN_PEOPLE))]),
    ...(cannotSign.length === 0
      ? []
      : [detail("Cannot sign", listFirst(cannotSign.map(unableOwnerName), SHOWN_PEOPLE))]),
    ...askedFor(requirement).map((sentence) => detail("Asked", sentence)),
    ...ignoredSentences(ignored.filter(isOpen)).map((sentence) => detail("Not yet", sentence)),
    ...ignoredSentences(ignored.filter((each) => !isOpen(each))).map((sentence) =>
      detail("Does not count", sentence),
    ),
    detail("For", paths),
    detail("Why", because),
    ...countersignatures.map((signature) => detail("Signed", signedSentence(signature))),
    ...fastSentences(outcome).map((sentence) => detail("Pace", sentence)),
    ...refusals.map((refusal) => detail("Refused", refusedSentence(refusal))),
  ];
}

/** What an open requirement blocks where it is only observed. */
export function observed({ requirement, status }: RequirementOutcome): string {
  const isOpen = status === "waiting" || status === "impossible";
  return requirement.mode === "observe" && isOpen ? " (observed: it blocks nothing)" : "";
}

/** What "needs approval from" alone does not say: how many, and which seniors. */
export function askedFor({ count: needed, from, senior }: Requirement): readonly string[] {
  if (needed === 1 && senior.length === 0) return [];
  const one =
    senior.length === 0 ? "" : `; one of ${ownerNames(senior)} must be among them or sign in addition`;
  return [`${count(needed, "countersignature")} from ${ownerNames(from.owners)}${one}.`];
}

export function signedSentence({ by, as, at, headSha, kept }: Countersignature): string {
  const through = as.kind === "team" ? ` of ${ownerNames([as])}` : "";
  const what = `${mention(by)}${through} for ${shortSha(headSha)} (${at.slice(0, 10)})`;
  return kept ? `${what}; still counts, because later pushes did not change this area.` : `${what}.`;
}

/** Whose it was, and how fast, is not said. */
export function fastSentences({ fast, countersignatures }: RequirementOutcome): readonly string[] {
  if (fast === undefined) return [];
  const [one] = countersignatures;
  if (one !== undefined && countersignatures.length === 1)
    return ["it was approved sooner than it can be read."];
  return [
    `${fast} of ${count(countersignatures.length, "countersignature")} came sooner than it can be read.`,
  ];
}

export function refusedSentence({ by, at, commitSha }: Refusal): string {
  const what = commitSha === null ? "for a commit that is gone" : `for ${shortSha(commitSha)}`;
  return `${mention(by)} ${what} (${at.slice(0, 10)}).`;
}

/** It counts as soon as its writer signs it. */
function isOpen({ code }: IgnoredReview): boolean {
  return code === "passkey";
}

/** The first few; those by owners come first. */
function ignoredSentences(ignored: readonly IgnoredReview[]): readonly string[] {
  const left = ignored.length - SHOWN_PEOPLE;
  const shown = ignored.slice(0, SHOWN_PEOPLE).map(({ sentence }) => sentence);
  return left <= 0 ? shown : [...shown, `${count(left, "more review")}, not shown.`];
}
