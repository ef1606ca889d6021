import { type Fence, fenceAt, passFence } from "./fences.ts";
import { type Line, lineOf, quotesOf } from "./line.ts";
import { FOREIGN, startOf } from "./line-starts.ts";
import { type Part, WrittenBreaks } from "./mangled.ts";
import { isUnfinished } from "./trailers.ts";
import { chooser, everyLine, type Wanted } from "./wanted.ts";
import { isWrapped } from "./wrapping.ts";

export interface Reading {
  readonly lines: readonly Line[];
  /** False when there was too much to read it all. */
  readonly whole: boolean;
}

/** No signal is longer; it bounds the work on a text without line breaks. */
const LONGEST_LINE = 1_024;

/**
 * How many characters of lines are read, a line counting for `SHORTEST_LINE` at least: more than real messages hold
 * of lines that may carry a signal. It bounds the work on a text that was made to be slow.
 */
const MOST_READ = 262_144;
const SHORTEST_LINE = 64;

/** How many lines are looked at: more than a pull request's text has characters, and than a real message has lines. */
const MOST_LINES = 100_000;

/** Git knows only LF; the others are how a trailer is hidden from a reader of lines. */
const OTHER_BREAKS = ["\r\n", "\r", "\u0085", "\u2028", "\u2029"] as const;

/** What continues a trailer: an indented line, as git folds them, or an address alone. Either holds the address. */
const CONTINUATION = /^(?:[ \t]{1,8}[^\s>@][^@]{0,200}@|[ \t]{0,8}(?:<|&lt;)[^\s<>@]{1,200}@)/;

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
  /** With the line below where a person's address went there. */
  const readUnfolded = (from: number, end: number) => {
    const own = read(from, end);
    if (own?.trailer == null || !isUnfinished(own.trailer)) return own;
    const rest = whole.slice(end + 1, Math.min(endOfLine(whole, end + 1), end + 1 + LONGEST_LINE));
    left -= SHORTEST_LINE;
    return CONTINUATION.test(rest) ? lineOf(`${whole.slice(from, end)} ${rest.trim()}`, quotes) : own;
  };
  for (let from = 0, end = 0; from < whole.length && left > 0 && linesLeft >= 0; from = end + 1) {
    linesLeft -= 1;
    const start = startOf(whole, from);
    end = endOfLine(whole, from);
    const opening = fenceAt(whole, from, end);
    if (start === FOREIGN || isWrapped(whole, from)) left -= SHORTEST_LINE;
    if (opening !== null) fence = passFence(opening, fence, lines);
    else {
      const own = isWanted(from, end, start) ? readUnfolded(from, end) : null;
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
