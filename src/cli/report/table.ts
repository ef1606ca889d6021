import { escapeInvisible } from "../../signoff/wording/visible.ts";
import { type Line, line, type Span } from "./lines.ts";

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** Between two columns. */
export const GAP = 2;

/** A table in columns as wide as their widest cell; what the cells hold is escaped before it is measured. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly Span[])[]): readonly Line[] {
  const titles = columns.map(({ title }): Span => ({ text: title, style: "dim" }));
  const all = [titles, ...rows].map((row) => row.map(escaped));
  const widths = columns.map((_, index) => Math.max(0, ...all.map((row) => lengthOf(row[index] ?? ""))));
  return all.map((row) =>
    line(
      0,
      ...row.flatMap((cell, index) => {
        const blank = " ".repeat(Math.max(0, (widths[index] ?? 0) - lengthOf(cell)));
        const padded = columns[index]?.align === "right" ? [blank, cell] : [cell, blank];
        return index === 0 ? padded : [" ".repeat(GAP), ...padded];
      }),
    ),
  );
}

function escaped(cell: Span): Span {
  return typeof cell === "string" ? escapeInvisible(cell) : { ...cell, text: escapeInvisible(cell.text) };
}

function lengthOf(cell: Span): number {
  return [...(typeof cell === "string" ? cell : cell.text)].length;
}
