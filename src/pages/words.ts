import { type Markup, markup } from "../markup/markup.ts";
import type { LinkOf } from "../signoff/report/escape.ts";
import { partsOf } from "../signoff/report/escape.ts";
import type { Conclusion } from "../signoff/verdict.ts";
import { truncateMiddle } from "../signoff/wording/visible.ts";
import { momentText } from "../signoff/wording/words.ts";

/** One of our sentences: quoted values and handles stand out, with their links; the rest is shown literally. */
export function sentence(text: string, linkOf: LinkOf = () => null): Markup {
  return markup`${partsOf(text).map((part) =>
    part.kind === "words" ? part.text : linked(markup`<code>${part.text}</code>`, linkOf(part.text)),
  )}`;
}

/** A value that others chose. */
export function value(text: string): Markup {
  return markup`<code>${truncateMiddle(text)}</code>`;
}

export function linked(shown: Markup | string, address: string | null): Markup {
  return address === null ? markup`${shown}` : markup`<a href="${address}">${shown}</a>`;
}

/** Milliseconds, or ISO 8601. */
export function moment(at: number | string): Markup {
  const iso = typeof at === "number" ? new Date(at).toISOString() : at;
  return markup`<time datetime="${iso}">${momentText(iso)}</time>`;
}

/** What a conclusion means for the merge, in a word or two. */
export const CONCLUSION_WORDS: Readonly<Record<Conclusion, string>> = {
  success: "May merge",
  neutral: "May merge",
  action_required: "Blocked",
  failure: "Blocked: could not be judged",
};

/** The word with its colour, which never tells anything alone. */
export function conclusionWord(conclusion: Conclusion): Markup {
  return markup`<span class="word ${conclusion}">${CONCLUSION_WORDS[conclusion]}</span>`;
}

/** A list, or nothing for no entries. */
export function list(entries: readonly Markup[]): readonly Markup[] {
  return entries.length === 0
    ? []
    : [markup`<ul class="plain">${entries.map((one) => markup`<li>${one}</li>\n`)}</ul>\n`];
}
