import { blocks } from "../blocks.ts";
import type { Conclusion, Verdict } from "../verdict.ts";
import { escapeMarkdown, link } from "./escape.ts";
import type { Links } from "./links.ts";
import { anchorOf } from "./site.ts";

/** The title once more, with links: to who is asked, and to the page where it can be done. */
export function leadLine(title: string, verdict: Verdict, links: Links): string {
  const stop = /[.…)]$/.test(title) ? "" : ".";
  const next = linkedToPage(verdict, links) ?? NEXT[verdict.wouldBe ?? verdict.conclusion](verdict, links);
  return `**${escapeMarkdown(title, links.of)}${stop}**${next === "" ? "" : ` ${next}`}`;
}

/** Where approving changes nothing, or nobody has to approve: the page that says what it is. */
function linkedToPage({ conclusion, freezes, override }: Verdict, { doc }: Links): string | null {
  if (conclusion === "failure") return null;
  if (override?.status === "granted") return `${link("What an override is", doc("override.md"))}.`;
  return freezes === undefined ? null : `${link("What a freeze is", doc("override.md#freeze"))}.`;
}

const NEXT: Readonly<Record<Conclusion, (verdict: Verdict, links: Links) => string>> = {
  failure: ({ problems }, { doc }) => {
    const first = problems.find(({ severity }) => severity === "error");
    if (first === undefined) return "";
    return `${link("What this means", doc(`problems.md#${problemAnchor(first.code)}`))}.`;
  },
  action_required: ({ requirements, wouldBe, time }, links) => {
    const refusal = requirements.flatMap(({ refusals }) => refusals)[0];
    if (refusal !== undefined) return linkedSentence("Read the refusal", links.review(refusal.reviewId));
    const open = wouldBe === undefined ? requirements.filter(blocks) : requirements;
    if (open.some(({ status }) => status === "impossible"))
      return `${link("What can be done", links.doc("check.md#when-nobody-can-countersign"))}.`;
    if (time?.size?.need === "split") return `${link("How it can be split", links.doc("time.md#size"))}.`;
    if (time !== undefined && open.length === 0) return `${link("Why it waits", links.doc("time.md#wait"))}.`;
    return linkedSentence("Read the change", links.changes, " and approve it");
  },
  neutral: ({ optionalReviews }, { changes }) =>
    optionalReviews.length === 0 ? "" : linkedSentence("Read the change", changes),
  success: ({ requirements }, { review }) => {
    const signature = requirements.flatMap(({ countersignatures }) => countersignatures)[0];
    return signature === undefined ? "" : linkedSentence("Read the approval", review(signature.reviewId));
  },
};

function linkedSentence(text: string, address: string | null, more = ""): string {
  return address === null ? "" : `${link(text, address)}${more}.`;
}

/** Problems of the config as it would be are explained with those of the config as it is. */
function problemAnchor(code: string): string {
  return anchorOf(code.replace("proposed/", ""));
}
