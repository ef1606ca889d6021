import type { styleText } from "node:util";
import { visible } from "../signoff/visible.ts";

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
  readonly painted: string;
}

function wrap({ indent, spans }: Line, page: Page): string {
  const rows: string[] = [];
  let row = "";
  let used = 0;
  for (const { text, painted } of spans.flatMap((span) => words(span, page))) {
    const width = [...text].length;
    if (used > 0 && text.trim() !== "" && used + width > page.width) {
      rows.push(row.trimEnd());
      row = "";
      used = 0;
    }
    if (used === 0 && text.trim() === "") continue;
    const margin = used > 0 ? 0 : rows.length === 0 ? indent : indent + 2;
    row += " ".repeat(margin) + painted;
    used += margin + width;
  }
  return [...rows, row.trimEnd()].join("\n");
}

/** Words and the spaces between them, each painted on its own so that a line may break anywhere between. */
function words(span: Span, page: Page): readonly Word[] {
  const { text, style } = typeof span === "string" ? { text: span, style: null } : span;
  return visible(text)
    .split(/( +)/)
    .filter((part) => part !== "")
    .map((part) => ({
      text: part,
      painted: style === null || part.trim() === "" ? part : page.paint(style, part),
    }));
}
