import type { Markup } from "../../../markup/markup.ts";
import { pageTable } from "../../page/table.ts";
import { everyMonth, grouped, percent, toolFigures, totalsOf, totalsOfAll } from "../counts/figures.ts";
import type { Counts } from "../counts/tally.ts";

export function toolTable(counts: Counts): Markup {
  const { all } = totalsOfAll(counts);
  const rows = toolFigures(counts).map(({ tool, commits, production, first, last }) => [
    tool,
    grouped(commits),
    percent(commits, all.commits),
    grouped(production),
    first ?? "",
    last ?? "",
  ]);
  return pageTable(["Tool", "Commits", "Share", "In production", "First", "Last"], rows);
}

export function areaTable({ areas }: Counts): Markup {
  const rows = areas.map(({ area, ai, automation, other }) => [
    area,
    ...[ai + automation + other, ai, automation, other].map(grouped),
  ]);
  return pageTable(["Area", "Commits", "AI", "Automation", "No mark"], rows);
}

/** Every month with its figures: what the chart shows, for who does not see it. */
export function monthTable(counts: Counts): Markup {
  const rows = everyMonth(counts)
    .toReversed()
    .map((period) => {
      const { all, ai, automation, other } = totalsOf(period);
      return [
        period.label,
        ...[all, ai, automation, other].map(({ commits }) => grouped(commits)),
        percent(ai.commits, all.commits),
        grouped(ai.production),
      ];
    });
  const head = ["Month", "Commits", "AI", "Automation", "No mark", "AI share", "AI in production"];
  return pageTable(head, rows);
}
