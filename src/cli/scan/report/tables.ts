import { type Line, line, type Span } from "../../report/lines.ts";
import { type Column, tableLines } from "../../report/table.ts";
import { type DatedPeriod, grouped, percent, toolFigures, totalsOf, totalsOfAll } from "../counts/figures.ts";
import type { Counts } from "../counts/tally.ts";
import { barOf } from "./bar.ts";

const SHOWN_TOOLS = 12;
const SHOWN_AREAS = 12;
const LONGEST_NAME = 32;

/** A bar shorter than this says nothing. */
const SHORTEST_BAR = 8;
const GAP = 2;
/** Small parts are drawn one sign wide, so that a bar may be longer than its width by two. */
const ROUNDING = 2;

/** A row for each month or year with a bar of what is left of the line. */
export function periodLines(unit: string, periods: readonly DatedPeriod[], width: number): readonly Line[] {
  if (periods.length === 0) return [];
  const totals = periods.map((period) => ({ label: period.label, ...totalsOf(period) }));
  const table = tableLines(
    columns(unit, "commits", "AI", "autom.", "other", "AI share", "AI in prod."),
    totals.map(({ label, all, ai, automation, other }) => [
      label,
      ...[all, ai, automation, other].map(({ commits }) => grouped(commits)),
      percent(ai.commits, all.commits),
      grouped(ai.production),
    ]),
  );
  const room = width - GAP - Math.max(...table.map(lengthOf));
  if (room < SHORTEST_BAR) return table;
  const most = Math.max(...totals.map(({ all }) => all.commits));
  return table.map((row, index) => {
    const own = totals[index - 1];
    return own === undefined
      ? row
      : line(row.indent, ...row.spans, " ".repeat(GAP), ...barOf(own, { most, width: room - ROUNDING }));
  });
}

export function toolLines(counts: Counts): readonly Line[] {
  const { all } = totalsOfAll(counts);
  const tools = toolFigures(counts);
  const rows = tools
    .slice(0, SHOWN_TOOLS)
    .map(({ tool, commits, production, first, last }) => [
      clipped(tool),
      grouped(commits),
      percent(commits, all.commits),
      grouped(production),
      first ?? "",
      last ?? "",
    ]);
  return table(columns("tool", "commits", "share", "in prod.", "first", "last"), rows, tools.length);
}

export function areaLines({ areas }: Counts): readonly Line[] {
  const rows = areas
    .slice(0, SHOWN_AREAS)
    .map(({ area, ai, automation, other }) => [
      clipped(area),
      ...[ai + automation + other, ai, automation, other].map(grouped),
    ]);
  return table(columns("area", "commits", "AI", "autom.", "other"), rows, areas.length);
}

function table(head: readonly Column[], rows: readonly (readonly Span[])[], all: number): readonly Line[] {
  if (rows.length === 0) return [];
  const left = all - rows.length;
  const rest = left === 0 ? [] : [line(0, { text: `and ${left} more (--json has them all)`, style: "dim" })];
  return [...tableLines(head, rows), ...rest];
}

/** A name, then numbers. */
function columns(name: string, ...numbers: readonly string[]): readonly Column[] {
  return [{ title: name, align: "left" }, ...numbers.map((title): Column => ({ title, align: "right" }))];
}

function lengthOf({ spans }: Line): number {
  return spans.reduce((sum, span) => sum + [...(typeof span === "string" ? span : span.text)].length, 0);
}

function clipped(name: string): string {
  const characters = [...name];
  return characters.length <= LONGEST_NAME ? name : `${characters.slice(0, LONGEST_NAME - 1).join("")}…`;
}
