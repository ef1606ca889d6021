import { type Markup, markup } from "../../../markup/markup.ts";
import { grouped } from "../counts/figures.ts";
import type { Week } from "../review/figures.ts";
import { sum } from "../review/summary.ts";
import { columnLabels, gridLine, placeOf, px, WIDTH } from "./drawing.ts";
import { ticksUpTo, weekLabels } from "./scale.ts";

/** A column of each week; `slot` names its colour in the style sheet. */
export const WEEK_SERIES = [
  { slot: "automation", name: "AI-written changes", count: "changes" },
  { slot: "tool-2", name: "needed a countersignature", count: "asked" },
  { slot: "tool-3", name: "countersigned", count: "countersigned" },
] as const;

const TOP = 14;
const HEIGHT = 200;
const LABELS = 44;

/** What AI wrote beside what was countersigned, by weeks; the one that is not over is drawn fainter. */
export function weekChart(weeks: readonly Week[], running: string): Markup {
  const most = Math.max(0, ...weeks.flatMap((week) => WEEK_SERIES.map(({ count }) => week[count])));
  const ticks = ticksUpTo(most, 4);
  const scale = HEIGHT / (ticks.at(-1) ?? 1);
  const bottom = TOP + HEIGHT;
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${bottom + LABELS}" role="img" aria-labelledby="weeks-title weeks-text">
<title id="weeks-title">AI-written changes a week, and what was countersigned</title>
<desc id="weeks-text">${described(weeks)}</desc>
<g>${ticks.map((tick) => gridLine(bottom - tick * scale, grouped(tick)))}</g>
<g>${weeks.map((week, index) => {
    const { middle, width } = placeOf(index, weeks.length);
    const columns = WEEK_SERIES.map(({ slot, count }, place) => {
      const height = week[count] * scale;
      const x = middle - width / 2 + (place * width) / WEEK_SERIES.length;
      return markup`<rect class="${slot}" x="${px(x)}" y="${px(bottom - height)}" width="${px(width / WEEK_SERIES.length)}" height="${px(height)}"/>`;
    });
    const style = week.week === running ? "column running" : "column";
    return markup`<g class="${style}"><title>${told(week)}</title>${columns}</g>\n`;
  })}</g>
${columnLabels(weekLabels(weeks.map(({ week }) => week)), bottom)}
</svg>`;
}

function told(week: Week): string {
  return `week of ${week.week}: ${WEEK_SERIES.map(({ name, count }) => `${name} ${grouped(week[count])}`).join("; ")}`;
}

/** For people who hear the chart; every figure of it stands in the table below. */
function described(weeks: readonly Week[]): string {
  const [first, last] = [weeks[0]?.week ?? "", weeks.at(-1)?.week ?? ""];
  const figures = WEEK_SERIES.map(({ name, count }) => `${grouped(sum(weeks, count))} ${name}`);
  return `Columns from the week of ${first} to that of ${last}: ${figures.join(", ")}. All figures stand in the table by week.`;
}
