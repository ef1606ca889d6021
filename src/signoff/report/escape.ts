import { escapeInvisible, truncateMiddle } from "../wording/visible.ts";

/**
 * Escapes text so that GitHub shows it literally: no markup, link, mention, reference or HTML.
 * Source: the GFM specification 0.29 (code spans 6.3, autolinks 6.9), and GitHub's mention and reference filters,
 * which leave code alone.
 */

/** A value as a code span, on one line. */
export function code(value: string): string {
  const text = truncateMiddle(escapeInvisible(value));
  if (text.trim() === "") return "(empty)";
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** Markdown as a link. The brackets of a code span end no link. */
export function link(shown: string, address: string | null): string {
  return address === null ? shown : `[${shown}](${address})`;
}

const VALUE_OR_HANDLE = /“([^“”]*)”|@[a-z0-9][a-z0-9_-]*(?:\/[a-z0-9_][a-z0-9_-]*)?(?:\[bot\])?/gi;

/** The address for a value without its quotation marks, or for a handle; `null` where there is none. */
export type LinkOf = (shown: string) => string | null;

const UNLINKED: LinkOf = () => null;

/** A part of one of our sentences: our own words, or a value in them that others chose. */
export interface SentencePart {
  readonly kind: "words" | "value";
  /** A value without its quotation marks, or a handle. */
  readonly text: string;
}

/** One of our sentences in its parts. */
export function partsOf(sentence: string): readonly SentencePart[] {
  const parts: SentencePart[] = [];
  let from = 0;
  for (const found of sentence.matchAll(VALUE_OR_HANDLE)) {
    parts.push({ kind: "words", text: sentence.slice(from, found.index) });
    parts.push({ kind: "value", text: found[1] ?? found[0] });
    from = found.index + found[0].length;
  }
  return [...parts, { kind: "words", text: sentence.slice(from) }];
}

/** One of our sentences: quoted values and mentions become code, the rest is shown literally. */
export function escapeMarkdown(sentence: string, linkOf: LinkOf = UNLINKED): string {
  return partsOf(sentence)
    .map(({ kind, text }) => (kind === "words" ? inert(text) : link(code(text), linkOf(text))))
    .join("");
}

/** Characters that GitHub's Markdown could interpret. */
const ACTIVE = /[\\*_[\]<>|~&]|[`$]|(?:[@#]|:(?=\S)|\bwww(?=\.)|\bGH(?=-\d))/gi;

function inert(text: string): string {
  return escapeInvisible(text).replace(ACTIVE, (found) => {
    if (/[`$]/.test(found)) return `&#${found.charCodeAt(0)};`;
    return /[@#:a-z]/i.test(found) ? `${found}${APART}` : `\\${found}`;
  });
}

/** A zero-width character. It breaks schemes, `www.`, mentions and references. */
const APART = "&#8203;";
