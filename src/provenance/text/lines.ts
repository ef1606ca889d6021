import { type Fence, fenceAt, passFence } from "./fences.ts";
import { FOREIGN, type Starts, startOf, startOfNormal } from "./line-starts.ts";
import { type Part, unescapeBrackets, WrittenBreaks, withoutEmojiNames } from "./mangled.ts";
import { normalise } from "./normalise.ts";
import { parseTrailer, type Trailer } from "./trailers.ts";

/** One line of a commit message or a Markdown text that may carry a signal. */
export interface Line {
  /** For matching: normalised and trimmed. */
  readonly text: string;
  /** For showing: as written, trimmed and cut. */
  readonly shown: string;
  /** It stands as somebody else's words, so a signal in it is weak at most. */
  readonly quoted: boolean;
  /** What it says as a trailer; `null` when it is none. */
  readonly trailer: Trailer | null;
  /** It stood between line breaks that were written out as text, or its key behind an ornament. */
  readonly mangled: boolean;
}

/** Which lines are worth reading: those that begin so, and those that hold a link to a host that begins so. */
export interface Wanted {
  readonly starts: Starts;
  readonly hosts: Starts;
}

export interface Reading {
  readonly lines: readonly Line[];
  /** False when there was too much to read it all. */
  readonly whole: boolean;
}

/** No signal is longer; it bounds the work on a text without line breaks. */
const LONGEST_LINE = 1_024;
const LONGEST_SHOWN = 200;

/**
 * How many characters of lines are read, a line counting for `SHORTEST_LINE` at least: more than real messages hold
 * of lines that may carry a signal. It bounds the work on a text that was made to be slow.
 */
const MOST_READ = 262_144;
const SHORTEST_LINE = 64;

/** How many lines are looked at: more than a pull request's text has characters, and than a real message has lines. */
const MOST_LINES = 100_000;

/** Deeper than this, a line is a block of code or of quotation. Genuine trailers come indented by a few spaces. */
const DEEPEST_INDENT = 4;

/** Git knows only LF; the others are how a trailer is hidden from a reader of lines. */
const OTHER_BREAKS = ["\r\n", "\r", "\u0085", "\u2028", "\u2029"] as const;

/** The lines that speak for themselves: fenced code, `>` quotes and empty lines are left out. */
export function readLines(text: string): readonly Line[] {
  return readWanted(text, null).lines;
}

/** The same of the wanted lines only; `null` wants every line. */
export function readWanted(text: string, wanted: Wanted | null): Reading {
  const whole = withLineFeeds(text);
  const isWanted = wanted === null ? everyLine : chooser(whole, wanted);
  const quotes = quotesOf(whole);
  const breaks = new WrittenBreaks(whole);
  const lines: Line[] = [];
  let fence: Fence | null = null;
  let left = MOST_READ;
  let linesLeft = MOST_LINES;
  const read = (from: number, end: number) => {
    left -= Math.max(SHORTEST_LINE, Math.min(end - from, LONGEST_LINE));
    return lineOf(whole.slice(from, Math.min(end, from + LONGEST_LINE)), quotes);
  };
  for (let from = 0, end = 0; from < whole.length && left > 0 && linesLeft >= 0; from = end + 1) {
    linesLeft -= 1;
    const start = startOf(whole, from);
    end = endOfLine(whole, from);
    const opening = fenceAt(whole, from, end);
    if (start === FOREIGN) left -= SHORTEST_LINE;
    if (opening !== null) fence = passFence(opening, fence, lines);
    else {
      const own = isWanted(from, end, start) ? read(from, end) : null;
      if (own !== null) lines.push(own);
      if (!breaks.isBefore(end)) continue;
      const parts = breaks
        .cut({ from, end })
        .filter((part) => isWanted(part.from, part.end, startOf(whole, part.from)));
      lines.push(...readParts(parts, { from, end }, read));
    }
  }
  return { lines, whole: left > 0 && linesLeft >= 0 && !breaks.areTooMany };
}

/** The parts of a line between written-out breaks, as lines; quoted where the line is. */
function readParts(
  parts: readonly Part[],
  line: Part,
  read: (from: number, end: number) => Line | null,
): readonly Line[] {
  const around = parts.length === 0 ? null : read(line.from, line.end);
  if (around === null) return [];
  return parts.flatMap(({ from, end }) => {
    const own = read(from, end);
    return own === null ? [] : [{ ...own, quoted: own.quoted || around.quoted, mangled: true }];
  });
}

function withLineFeeds(text: string): string {
  let plain = text;
  for (const other of OTHER_BREAKS) {
    if (plain.includes(other)) plain = plain.split(other).join("\n");
  }
  return plain;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function lineOf(written: string, quotes: (indent: number) => boolean): Line | null {
  const normal = unescapeBrackets(normalise(written));
  const trimmed = normal.trim();
  const text = withoutEmojiNames(trimmed);
  if (text === "" || text.startsWith(">")) return null;
  const trailer = parseTrailer({ text });
  return {
    text,
    shown: written.trim().slice(0, LONGEST_SHOWN),
    quoted: quotes(indentation(normal)),
    trailer,
    mangled: trailer !== null && !/^[a-z]/i.test(trimmed),
  };
}

/** Whether a line so deeply indented is a quotation. In a hand-made revert, that is the reverted message. */
function quotesOf(text: string): (indent: number) => boolean {
  let deepest: number | null = null;
  return (indent) => {
    if (indent === 0) return false;
    deepest ??= isRevert(text) ? 0 : DEEPEST_INDENT;
    return indent > deepest;
  };
}

/** By its subject as well: a squash lists reverts among other commits, each indented. */
function isRevert(text: string): boolean {
  return /^.{0,30}\brevert/i.test(text) && /^[ \t]{0,8}this reverts commit\b/im.test(text);
}

function indentation(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === " ") columns += 1;
    else if (character === "\t") columns += DEEPEST_INDENT;
    else break;
  }
  return columns;
}

type Choice = (from: number, end: number, start: number) => boolean;

const everyLine: Choice = () => true;

function chooser(text: string, { starts, hosts }: Wanted): Choice {
  const links = linksTo(hosts, text);
  let next = 0;
  return (from, end, start) => {
    while ((links[next] ?? end) < from) next += 1;
    if ((links[next] ?? end) < end) return true;
    if (start !== FOREIGN) return starts.has(start);
    return starts.has(startOfNormal(normalise(text.slice(from, Math.min(end, from + SHORTEST_LINE)))));
  };
}

const SCHEME_END = "://";

/** Where links to wanted hosts stand. */
function linksTo(hosts: Starts, text: string): readonly number[] {
  const links: number[] = [];
  for (let at = text.indexOf(SCHEME_END); at >= 0; at = text.indexOf(SCHEME_END, at + 1)) {
    const host = at + SCHEME_END.length;
    if (hosts.has(startOf(text, text.startsWith("www.", host) ? host + 4 : host))) links.push(at);
  }
  return links;
}

/** Neither letter, digit, quotation mark nor bracket: emoji, list marks, emphasis, comment marks. */
const DECORATION = /[^\p{L}\p{N}"'`“”‘’«»[\]()]/u;

/**
 * A line without the emphasis within it and the ornaments around it, as line patterns see it. Quotation marks stay,
 * so that a line that talks about a footer does not become one.
 */
export function undecorated(text: string): string {
  const plain = text.replaceAll("*", "");
  let start = 0;
  let end = plain.length;
  while (start < end && (DECORATION.test(plain.charAt(start)) || plain.charAt(start) === "(")) start += 1;
  while (end > start && DECORATION.test(plain.charAt(end - 1))) end -= 1;
  return plain.slice(start, end);
}
