import type { ErrorCode, YAMLError } from "yaml";
import { LONGEST_LINE, typingMistake } from "./typing-mistakes.ts";

/** What is wrong with the syntax of a file, and what to do about it. */
export interface Defect {
  readonly offset: number;
  readonly message: string;
  readonly remedy: string;
}

export const PLAIN_YAML =
  "Write plain YAML: mappings with each key once, lists, text, numbers, true and false.";

export const TOO_DEEP = "The file is nested too deeply";

export const TOO_MANY_STEPS: Defect = {
  offset: 0,
  message: "The file takes too many steps to read, or is nested too deeply",
  remedy: "Write fewer lines and levels; a folder's pattern covers all below it.",
};

/** Of a merge that nobody finished, at the beginning of a line. */
const CONFLICT_MARKER = /^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|$)/m;

/** What an unfinished merge left in the file; the parser would speak of its consequences. */
export function mergeConflict(text: string): Defect | null {
  const marker = CONFLICT_MARKER.exec(text);
  if (marker === null) return null;
  return {
    offset: marker.index,
    message: "The file contains the markers of a merge conflict",
    remedy: "Keep one of the two sides, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.",
  };
}

/** What the parser found, in words that name the actual mistake. */
export function parserDefect({ code, message, pos: [offset] }: YAMLError, text: string): Defect {
  return {
    offset,
    message: TEXTS[code] ?? message,
    remedy: needsQuotes(text, offset) ?? typingMistake(lineAt(text, offset)) ?? REMEDIES[code] ?? PLAIN_YAML,
  };
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const [line = ""] = text.slice(start, start + LONGEST_LINE).split(/\r?\n/, 1);
  return line;
}

/** For where the parser's own text is written for programmers. */
const TEXTS: { readonly [Code in ErrorCode]?: string } = {
  MULTIPLE_DOCS: "A second document begins here",
  NON_STRING_KEY: "A key must be text",
  RESOURCE_EXHAUSTION: TOO_DEEP,
};

const REMEDIES: { readonly [Code in ErrorCode]?: string } = {
  TAB_AS_INDENT: "Indent with spaces; YAML does not allow tabs there.",
  MULTIPLE_DOCS: "Remove the line with ---, and keep one document.",
  MISSING_CHAR: "Add the quote, bracket, comma or colon that is missing.",
  BAD_INDENT: "Close the bracket or brace, or indent all that stands within it.",
  BLOCK_AS_IMPLICIT_KEY: "Give all keys of one entry the same indentation.",
  BAD_DQ_ESCAPE: "Put a text with a backslash in single quotes.",
  MULTILINE_IMPLICIT_KEY: "Put a colon and a space after the key.",
};

/** YAML takes the first character for a sign of its own: an alias, a tag, a directive, a reserved one. */
const OWN_SIGN =
  /^(?:[*@`%|>][^\s,\]}#]*|![^\s,\]}#!<][^\s,\]}#]*(?=[ \t]*(?:[,\]}#\r\n]|$))|!(?![!<])[^\s,\]}#]*[/.*][^\s,\]}#]*)/;

/** Characters of a text that a remedy repeats. */
const LONGEST = 100;

/** The remedy if a pattern or an owner begins there that has to be in quotes. */
export function needsQuotes(text: string, offset: number): string | null {
  const [plain] = OWN_SIGN.exec(text.slice(offset, offset + LONGEST)) ?? [];
  if (plain === undefined || text.includes(`&${plain.slice(1)}`)) return null;
  return `Put it in quotes: ${JSON.stringify(plain)}.`;
}
