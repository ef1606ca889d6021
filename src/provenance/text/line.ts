import { unescaped } from "./mangled.ts";
import { normalise } from "./normalise.ts";
import { parseTrailer, type Trailer } from "./trailers.ts";
import { unwrapped } from "./wrapping.ts";

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

const LONGEST_SHOWN = 200;

/** Deeper than this, a line is a block of code or of quotation. Genuine trailers come indented by a few spaces. */
const DEEPEST_INDENT = 4;

/** What a line says; `null` where it is empty or a quotation. */
export function lineOf(written: string, quotes: (indent: number) => boolean): Line | null {
  const normal = unescaped(normalise(written));
  const trimmed = normal.trim();
  const text = unwrapped(trimmed);
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
export function quotesOf(text: string): (indent: number) => boolean {
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
