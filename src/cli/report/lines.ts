import type { styleText } from "node:util";
import { escapeInvisible } from "../../signoff/wording/visible.ts";

type Style = Parameters<typeof styleText>[0];

/** A piece of a line: plain, or with a style for terminals. Whatever it holds is escaped when it is printed. */
export type Span = string | { readonly text: string; readonly style: Style };

/** One line for people, before it is wrapped. `indent` in columns; continuation lines stand two further in. */
export interface Line {
  readonly indent: number;
  readonly spans: readonly Span[];
}

export interface Page {
  /** Columns that a line may take; longer words (paths) stay whole. */
  readonly width: number;
  readonly paint: (style: Style, text: string) => string;
}

export function line(indent: number, ...spans: readonly Span[]): Line {
  return { indent, spans };
}

export const BLANK: Line = { indent: 0, spans: [] };

/** Escapes, wraps and paints; every line ends with a newline. */
export function printLines(lines: readonly Line[], page: Page): string {
  return lines.map((each) => `${wrap(each, page)}\n`).join("");
}

interface Word {
  readonly text: string;
  readonly style: Style | null;
}

function wrap({ indent, spans }: Line, { width, paint }: Page): string {
  const rows: Word[][] = [[]];
  let used = indent;
  for (const word of spans.flatMap(wordsOf)) {
    const isBlank = word.text.trim() === "";
    const length = [...word.text].length;
    if (!isBlank && rows.at(-1)?.length && used + length > width) {
      rows.push([]);
      used = indent + 2;
    }
    if (isBlank && !rows.at(-1)?.length) continue;
    rows.at(-1)?.push(word);
    used += length;
  }
  return rows
    .map((row, index) => {
      const margin = " ".repeat(row.length === 0 ? 0 : index === 0 ? indent : indent + 2);
      return margin + paintRow(withoutEnd(row), paint);
    })
    .join("\n");
}

/** Words and the blanks between them; the text is escaped here, before anything is measured. */
function wordsOf(span: Span): readonly Word[] {
  const { text, style } = typeof span === "string" ? { text: span, style: null } : span;
  return escapeInvisible(text)
    .split(/( +)/)
    .filter((part) => part !== "")
    .map((part) => ({ text: part, style }));
}

function withoutEnd(row: readonly Word[]): readonly Word[] {
  return row.at(-1)?.text.trim() === "" ? row.slice(0, -1) : row;
}

/** Neighbours of one style are painted as one. */
function paintRow(row: readonly Word[], paint: Page["paint"]): string {
  const [first] = row;
  if (first === undefined) return "";
  const end = row.findIndex(({ style }) => style !== first.style);
  const run = (end === -1 ? row : row.slice(0, end)).map(({ text }) => text).join("");
  const rest = end === -1 ? "" : paintRow(row.slice(end), paint);
  return (first.style === null ? run : paint(first.style, run)) + rest;
}
