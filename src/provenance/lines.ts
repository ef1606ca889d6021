import { normalise } from "./normalise.ts";

/** One line of a commit message or a Markdown text that may carry a mark. */
export interface Line {
  /** For matching: normalised and trimmed. */
  readonly text: string;
  /** For showing: as written, trimmed and cut. */
  readonly shown: string;
  /** It stands as somebody else's words, so a mark in it is weak at most. */
  readonly quoted: boolean;
}

/** No mark is longer; it bounds the work on a text without line breaks. */
const LONGEST_LINE = 4_096;
const LONGEST_SHOWN = 200;

/** Deeper than this, a line is a block of code or of quotation. Genuine trailers come indented by a few spaces. */
const DEEPEST_INDENT = 4;

/** Git knows only LF; the others are how a mark is hidden from a reader of lines. */
const LINE_BREAK = /\r\n|[\n\r\u0085\u2028\u2029]/;
const FENCE = /^ {0,3}(`{3,}|~{3,})[^`]*$/;

/** The lines that speak for themselves: fenced code, `>` quotes and empty lines are left out. */
export function readLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  const deepest = isRevert(text) ? 0 : DEEPEST_INDENT;
  for (const raw of outsideFences(text.split(LINE_BREAK))) {
    const written = raw.slice(0, LONGEST_LINE);
    const normal = normalise(written);
    const trimmed = normal.trim();
    if (trimmed === "" || trimmed.startsWith(">")) continue;
    lines.push({
      text: trimmed,
      shown: written.trim().slice(0, LONGEST_SHOWN),
      quoted: indentation(normal) > deepest,
    });
  }
  return lines;
}

/** What a hand-made revert indents is the message of the commit it reverts. */
function isRevert(text: string): boolean {
  return /^[ \t]{0,8}this reverts commit\b/im.test(text);
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

/** A fence that is never closed hides nothing: in a commit message it is a slip, in an attack a cover. */
function outsideFences(lines: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let open: { readonly fence: string; readonly held: string[] } | null = null;
  for (const line of lines) {
    if (line === "") continue;
    const fence = FENCE.exec(line)?.[1];
    if (open === null) {
      if (fence === undefined) kept.push(line);
      else open = { fence, held: [] };
    } else if (fence?.startsWith(open.fence) && line.trim() === fence) {
      open = null;
    } else {
      open.held.push(line);
    }
  }
  return open === null ? kept : kept.concat(open.held);
}

/** Neither letter, digit, quotation mark nor bracket: emoji, list marks, emphasis, comment marks. */
const DECORATION = /[^\p{L}\p{N}"'`“”‘’«»[\]()]/u;

/**
 * A line without the emphasis within it and the ornaments around it, as line patterns see it. Quotation marks stay,
 * so that a line that talks about a mark does not become one.
 */
export function undecorated(text: string): string {
  const plain = text.replaceAll("*", "");
  let start = 0;
  let end = plain.length;
  while (start < end && (DECORATION.test(plain.charAt(start)) || plain.charAt(start) === "(")) start += 1;
  while (end > start && DECORATION.test(plain.charAt(end - 1))) end -= 1;
  return plain.slice(start, end);
}
