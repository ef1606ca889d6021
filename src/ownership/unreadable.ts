import { lookalikeIn, withPlainBlanks } from "./lookalike.ts";
import { lookalikeMessage, type Reading } from "./readings.ts";
import { tokensOf } from "./tokens.ts";

/** A longer line is not read: no path is that long, and nobody could tell who is meant. */
const LONGEST_LINE = 65_536;

const TOO_LONG = `The line is longer than ${LONGEST_LINE} characters; make it shorter.`;

const LINE_ENDS =
  "GitHub may end the line at the carriage return within it; save the file with line feeds at the ends of lines.";

const CONFLICT =
  "The line is left from a merge conflict; keep one of the two sides, and delete the lines with the markers.";

/** What a line may mean that cannot be taken apart, or `null` for one that can, or that is blank or a comment. */
export function unreadableLine(source: string): Reading | null {
  if (returnsWithin(source)) return { patterns: ["*"], message: LINE_ENDS };
  if (/^[ \t]*(?:#|$)/.test(source)) return null;
  if (source.length > LONGEST_LINE) return { patterns: ["*"], message: TOO_LONG };
  if (/^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/.test(source)) return { patterns: ["*"], message: CONFLICT };
  const lookalike = lookalikeIn(source);
  if (lookalike === null || !/^[ \t]*(?:#|$)/.test(withPlainBlanks(source))) return null;
  // As a comment or a blank line it means nothing, so that only its own name remains.
  return { patterns: tokensOf(source).slice(0, 1), message: lookalikeMessage(lookalike) };
}

function returnsWithin(source: string): boolean {
  let end = source.length;
  while (source[end - 1] === "\r") end -= 1;
  return source.slice(0, end).includes("\r");
}
