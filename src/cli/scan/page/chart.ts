import { type Markup, markup } from "../../../markup/markup.ts";
import { type DatedPeriod, grouped, percent, totalsOf } from "../counts/figures.ts";
import { columnLabels, type Frame, gridLine, LEFT, placeOf, px, WIDTH } from "./drawing.ts";
import { axisLabels, shareLimit, ticksUpTo } from "./scale.ts";
import { type Series, shareOf } from "./series.ts";

/** What a chart shows, and how people who do not see it are told. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly periods: readonly DatedPeriod[];
  readonly series: readonly Series[];
  /** The height of the columns alone. */
  readonly height: number;
  readonly withShare: boolean;
  /** The label of the period that is not over, which is drawn fainter. */
  readonly running: string;
}

const TOP = 14;
const BETWEEN = 48;
const SHARE_HEIGHT = 84;
const LABELS = 44;

export function chartSvg(chart: Chart): Markup {
  const columns: Frame = { top: TOP, height: chart.height };
  const share: Frame = { top: TOP + chart.height + BETWEEN, height: SHARE_HEIGHT };
  const bottom = chart.withShare ? share.top + share.height : columns.top + columns.height;
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${bottom + LABELS}" role="img" aria-labelledby="${chart.id}-title ${chart.id}-text">
<title id="${chart.id}-title">${chart.title}</title>
<desc id="${chart.id}-text">${chart.description}</desc>
${stacks(chart, columns)}
${chart.withShare ? shareLine(chart, share) : ""}
${columnLabels(axisLabels(chart.periods.map(({ label }) => label)), bottom)}
</svg>`;
}

function stacks(chart: Chart, { top, height }: Frame): Markup {
  const most = Math.max(0, ...chart.periods.map((period) => totalsOf(period).all.commits));
  const ticks = ticksUpTo(most, height > 150 ? 4 : 2);
  const scale = height / (ticks.at(-1) ?? 1);
  const grid = ticks.map((tick) => gridLine(top + height - tick * scale, grouped(tick)));
  const columns = chart.periods.map((period, index) => {
    const { middle, width } = placeOf(index, chart.periods.length);
    let base = 0;
    const layers = chart.series.flatMap(({ slot, countOf }) => {
      const count = countOf(period);
      if (count === 0) return [];
      base += count;
      return [
        markup`<rect class="${slot}" x="${px(middle - width / 2)}" y="${px(top + height - base * scale)}" width="${px(width)}" height="${px(count * scale)}"/>`,
      ];
    });
    const style = period.label === chart.running ? "column running" : "column";
    return markup`<g class="${style}"><title>${told(period, chart.series)}</title>${layers}</g>\n`;
  });
  return markup`<g>${grid}</g>\n<g>${columns}</g>`;
}

/** The text that shows while the pointer is on a column. */
function told(period: DatedPeriod, series: readonly Series[]): string {
  const parts = series.flatMap(({ name, countOf }) => {
    const count = countOf(period);
    return count === 0 ? [] : [`${name} ${grouped(count)}`];
  });
  const { all, ai } = totalsOf(period);
  return `${period.label}: ${grouped(all.commits)} commits, ${percent(ai.commits, all.commits)} AI-marked${parts.map((part) => `; ${part}`).join("")}`;
}

function shareLine(chart: Chart, { top, height }: Frame): Markup {
  const shares = chart.periods.map(shareOf);
  const limit = shareLimit(Math.max(0, ...shares));
  const bottom = top + height;
  const points = shares.map((share, index) => ({
    x: px(placeOf(index, chart.periods.length).middle),
    y: px(bottom - (share / limit) * height),
  }));
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return markup``;
  const path = points.map(({ x, y }) => `${x},${y}`).join(" L");
  return markup`<g class="share">
<text class="panel" x="${LEFT}" y="${top - 14}">AI-marked share of the commits</text>
${[0, limit / 2, limit].map((tick) => gridLine(bottom - (tick / limit) * height, `${tick * 100} %`))}
<path class="share-area" d="M${first.x},${bottom} L${path} L${last.x},${bottom} Z"/>
<path class="share-line" d="M${path}"/>
<circle class="share-end" cx="${last.x}" cy="${last.y}" r="4.5"/>
<text class="share-value" x="${Number(last.x) + 10}" y="${Number(last.y) + 5}">${percent(shares.at(-1) ?? 0, 1)}</text>
</g>`;
}
