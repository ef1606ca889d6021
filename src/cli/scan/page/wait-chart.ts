import { type Markup, markup } from "../../../markup/markup.ts";
import { grouped } from "../counts/figures.ts";
import { duration } from "../review/sentences.ts";
import type { AreaWaits } from "../review/summary.ts";
import { px, WIDTH } from "./drawing.ts";

const NAMES = 230;
const FIGURES = 300;
const ROW = 38;
const BAR = 20;

/** As many areas as there is room for; the table has all. */
const SHOWN = 10;

/** How long each area's changes waited: half of them, and nine of ten. */
export function waitChart(areas: readonly AreaWaits[]): Markup {
  const shown = areas.slice(0, SHOWN);
  const scale = (WIDTH - NAMES - FIGURES) / Math.max(1, ...shown.map(({ p90Ms }) => p90Ms));
  const rows = shown.map(({ area, signed, medianMs, p90Ms }, index) => {
    const middle = ROW * index + ROW / 2;
    const stripe = (slot: string, ms: number, height: number) =>
      markup`<rect class="${slot}" x="${NAMES}" y="${px(middle - height / 2)}" width="${px(Math.max(ms * scale, 2))}" height="${height}"/>`;
    const figures = `median ${duration(medianMs)}, p90 ${duration(p90Ms)}, of ${grouped(signed)}`;
    return markup`<g class="column"><title>${area}: ${figures}</title>
<text class="tick" x="${NAMES - 12}" y="${px(middle + 5)}">${area}</text>
${stripe("automation", p90Ms, BAR)}${stripe("tool-5", medianMs, BAR / 2)}
<text x="${px(NAMES + Math.max(p90Ms * scale, 2) + 12)}" y="${px(middle + 5)}">${figures}</text></g>\n`;
  });
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${ROW * shown.length}" role="img" aria-labelledby="waits-title waits-text">
<title id="waits-title">Waits for a countersignature, by area</title>
<desc id="waits-text">A bar of each area for the median and for nine of ten. All figures stand in the table by area.</desc>
${rows}
</svg>`;
}
