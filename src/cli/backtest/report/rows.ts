import type { Replayed } from "../../../backtest/replayed.ts";
import { type Line, line, type Span } from "../../report/lines.ts";
import { askWords, fateWords, writerWords } from "./words.ts";

const WIDTHS = { number: 7, merged: 10, writer: 20, fate: 18 } as const;

/** The rows come one by one, so that no column can be as wide as its widest cell. */
export function rowHead(): readonly Line[] {
  const titles = [
    "pull".padEnd(WIDTHS.number),
    "merged".padEnd(WIDTHS.merged),
    "written by".padEnd(WIDTHS.writer),
    "then",
  ];
  return [line(0, { text: titles.join("  "), style: "dim" })];
}

/** A pull request, and below it what it would have asked. */
export function rowOf(replayed: Replayed): readonly Line[] {
  const { pull, asks } = replayed;
  const start = [
    `#${pull.number}`.padEnd(WIDTHS.number),
    pull.mergedAt.slice(0, WIDTHS.merged),
    cell(writerWords(replayed), WIDTHS.writer),
  ].join("  ");
  return [line(0, `${start}  `, fate(replayed)), ...asks.map((ask) => line(9, askWords(ask)))];
}

const STYLES: Readonly<Record<string, "red" | "green" | "yellow">> = {
  "would have waited": "red",
  "signed in time": "green",
  unclear: "yellow",
};

function fate(replayed: Replayed): Span {
  const text = fateWords(replayed);
  const style = STYLES[text];
  return style === undefined ? text : { text, style };
}

function cell(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text.padEnd(width) : `${characters.slice(0, width - 1).join("")}…`;
}
