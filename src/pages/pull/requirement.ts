import { type Markup, markup } from "../../markup/markup.ts";
import type { Links } from "../../signoff/report/links.ts";
import {
  askedFor,
  fastSentences,
  observed,
  refusedSentence,
  signedSentence,
  statusSentence,
} from "../../signoff/report/requirement-section.ts";
import type { Conclusion, IgnoredReview, RequirementOutcome } from "../../signoff/verdict.ts";
import { standsSentence, unableOwnerName } from "../../signoff/wording/sentences.ts";
import { quote } from "../../signoff/wording/visible.ts";
import { listFirstQuoted, signerName } from "../../signoff/wording/words.ts";
import { linked, sentence } from "../words.ts";

const SHOWN_PATHS = 30;

/** One requirement: how it stands, who can sign now, who did, and what did not count and why beside it. */
export function requirementCard(
  outcome: RequirementOutcome,
  { links, ignored }: { readonly links: Links; readonly ignored: readonly IgnoredReview[] },
): Markup {
  const { requirement, status, countersignatures, refusals, canSign, cannotSign, remedy } = outcome;
  const { area, from, because } = requirement;
  const say = (text: string) => sentence(text, links.of);
  const byReview = (id: number, text: string) => markup`${say(text)} ${reviewLink(links, id)}`;
  const paths = `${listFirstQuoted(from.paths, SHOWN_PATHS)} (${quote(from.source)})`;
  return markup`<article class="card"><h3>${area}</h3>
<p><span class="word ${WORD[status].look}">${WORD[status].text}</span>: ${say(`${statusSentence(outcome)}${observed(outcome)}`)}</p>
<dl class="facts">
${fact("What to do", [...(remedy === undefined ? [] : [say(remedy)]), ...refusals.map((refusal) => say(standsSentence(refusal)))])}${fact("Can sign now", canSign.length === 0 ? [] : [say(canSign.map(signerName).join(", "))])}${fact(
  "Cannot sign",
  cannotSign.map((owner) => say(unableOwnerName(owner))),
)}${fact("Asked for", askedFor(requirement).map(say))}${fact(
  "Signed",
  countersignatures.map((one) => byReview(one.reviewId, signedSentence(one))),
)}${fact("Pace", fastSentences(outcome).map(say))}${fact(
  "Refused",
  refusals.map((one) => byReview(one.reviewId, refusedSentence(one))),
)}${fact(
  "Does not count",
  ignored.map((one) => byReview(one.reviewId, one.sentence)),
)}${fact("For", [say(paths)])}${fact("Why", [say(because)])}</dl></article>
`;
}

const WORD: Readonly<
  Record<RequirementOutcome["status"], { readonly text: string; readonly look: Conclusion }>
> = {
  signed: { text: "Done", look: "success" },
  waiting: { text: "Waiting", look: "action_required" },
  refused: { text: "No", look: "failure" },
  impossible: { text: "Stuck", look: "failure" },
};

export function reviewLink(links: Links, id: number): Markup {
  const address = links.review(id);
  return address === null ? markup`` : linked(`review ${id}`, address);
}

function fact(name: string, values: readonly Markup[]): Markup {
  if (values.length === 0) return markup``;
  return markup`<dt>${name}</dt>${values.map((one) => markup`<dd>${one}</dd>`)}\n`;
}
