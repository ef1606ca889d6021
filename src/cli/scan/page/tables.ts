import { everyMonth, grouped, percent, toolFigures, totalsOf, totalsOfAll } from "../counts/figures.ts";
import type { Counts } from "../counts/tally.ts";
import { type Markup, markup } from "./markup.ts";

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
  return table(["Tool", "Commits", "Share", "In production", "First", "Last"], rows);
}

export function areaTable({ areas }: Counts): Markup {
  const rows = areas.map(({ area, ai, automation, other }) => [
    area,
    ...[ai + automation + other, ai, automation, other].map(grouped),
  ]);
  return table(["Area", "Commits", "AI", "Automation", "No mark"], rows);
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
  return table(head, rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): Markup {
  const titles = head.map((title) => markup`<th scope="col">${title}</th>`);
  const body = rows.map(([name = "", ...cells]) => {
    return markup`<tr><th scope="row">${name}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`;
  });
  return markup`<div class="scroll"><table><thead><tr>${titles}</tr></thead>
<tbody>
${body}</tbody></table></div>`;
}
