import type { Steps } from "../../../notation/steps.ts";
import type { Language } from "./languages.ts";
import { type Found, textAt } from "./quoted-texts.ts";

/** A text that a program holds, as it stands between its quotes. */
export interface ProgramText {
  readonly content: string;
  /** Of its first quote, and after its last one. */
  readonly start: number;
  readonly end: number;
  /** Where the content begins. */
  readonly inner: number;
}

export interface Program {
  readonly texts: readonly ProgramText[];
  /** The source without its texts and comments, which are blanks; every line keeps its place. */
  readonly code: string;
}

const OPENS = new Set("\"'`~%@");
const COVER = /[^\n]/g;
/** Nothing of a text or a comment begins with another character. */
const MAY_BEGIN = new Set("\"'`#/~%<@$");

/**
 * Cuts a program into its texts and its code. What only looks like a text is none.
 * @throws {OutOfSteps}
 */
export function readProgram(source: string, language: Language, steps: Steps): Program {
  steps.take(source.length);
  const texts: ProgramText[] = [];
  const code: string[] = [];
  let from = 0;
  /** The here-documents that begin after this line. */
  let waiting: { readonly mark: string; readonly start: number }[] = [];
  const take = (start: number, end: number) => {
    code.push(source.slice(from, start), source.slice(start, end).replaceAll(COVER, " "));
    from = end;
  };
  for (let at = 0; at < source.length; ) {
    if (source.charCodeAt(at) === 10 && waiting.length > 0) {
      const end = readWaiting(source, at + 1, waiting, texts);
      waiting = [];
      take(at + 1, end);
      at = end;
      continue;
    }
    if (!MAY_BEGIN.has(source.charAt(at))) {
      at += 1;
      continue;
    }
    const mark = hereMark(source, at, language);
    if (mark !== null && closeOf(mark.name, source, mark.end) !== null) {
      steps.take(mark.end - at);
      waiting.push({ mark: mark.name, start: at });
      take(at, mark.end);
      at = mark.end;
      continue;
    }
    const comment = commentEnd(source, at, language);
    const found = comment === null ? textAt(source, at, language) : null;
    const end = comment ?? found?.end ?? at + 1;
    // One that does not end was looked for up to the end.
    if (comment === null && found === null && OPENS.has(source.charAt(at))) steps.take(source.length - at);
    if (found !== null) {
      texts.push({ content: source.slice(found.inner, found.close), start: at, end, inner: found.inner });
      if (isTemplate(source, at, language)) texts.push(...within(source, found, { language, steps }));
    }
    if (comment !== null || found !== null) take(at, end);
    at = end;
  }
  code.push(source.slice(from));
  return { texts: texts.toSorted((one, other) => one.start - other.start), code: code.join("") };
}

function commentEnd(source: string, at: number, { comment, blockComments }: Language): number | null {
  comment.lastIndex = at;
  if (comment.test(source)) return lineEnd(source, at);
  if (!blockComments || !source.startsWith("/*", at)) return null;
  const close = source.indexOf("*/", at + 2);
  return close === -1 ? lineEnd(source, at) : close + 2;
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end === -1 ? source.length : end;
}

const HERE_RUBY = /<<[~-]?(?:(["'`])([\w ]{1,60})\1|([A-Z_]\w{0,60}))/y;
const HERE_PHP = /<<<[ \t]*(?:(["'])(\w{1,60})\1|(\w{1,60}))/y;

function hereMark(source: string, at: number, { marks }: Language): { name: string; end: number } | null {
  if (marks !== "ruby" && marks !== "php") return null;
  const pattern = marks === "ruby" ? HERE_RUBY : HERE_PHP;
  pattern.lastIndex = at;
  const found = pattern.exec(source);
  return found === null ? null : { name: found[2] ?? found[3] ?? "", end: pattern.lastIndex };
}

/** Each here-document up to the line of its mark; answers where the code goes on. */
function readWaiting(
  source: string,
  from: number,
  waiting: readonly { readonly mark: string; readonly start: number }[],
  texts: ProgramText[],
): number {
  let at = from;
  for (const { mark, start } of waiting) {
    const close = closeOf(mark, source, at);
    const [end, next] = close === null ? [source.length, source.length] : [close.index, close.end];
    texts.push({ content: source.slice(at, end), start, end: start, inner: at });
    at = next;
  }
  return at;
}

function closeOf(mark: string, source: string, from: number): { index: number; end: number } | null {
  const close = new RegExp(`^[ \\t]*${mark}\\b`, "gm");
  close.lastIndex = from;
  const found = close.exec(source);
  return found === null ? null : { index: found.index, end: close.lastIndex };
}

function isTemplate(source: string, at: number, { backtick }: Language): boolean {
  return backtick === "template" && source.charAt(at) === "`";
}

/** The texts in the expressions of a template. */
function within(
  source: string,
  { inner, close }: Found,
  { language, steps }: { readonly language: Language; readonly steps: Steps },
): readonly ProgramText[] {
  const found: ProgramText[] = [];
  for (const { 0: all, index } of source.slice(inner, close).matchAll(/\$\{[^}]{0,2000}/g)) {
    const from = inner + index + 2;
    const read = readProgram(all.slice(2), language, steps);
    for (const text of read.texts)
      found.push({ ...text, start: text.start + from, end: text.end + from, inner: text.inner + from });
  }
  return found;
}
