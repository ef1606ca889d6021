import { type Markup, markup } from "../../../markup/markup.ts";
import { pageTable } from "../../page/table.ts";
import { grouped } from "../counts/figures.ts";
import type { Review } from "../review/figures.ts";
import type { ReadReview } from "../review/read.ts";
import { duration, paceSentence, reviewSentences } from "../review/sentences.ts";
import { type AreaWaits, areaWaits, sum } from "../review/summary.ts";
import { weekOf } from "../review/weeks.ts";
import { waitChart } from "./wait-chart.ts";
import { WEEK_SERIES, weekChart } from "./week-chart.ts";

/** Half a year: more columns cannot be told apart. */
const SHOWN_WEEKS = 26;

/** How changes were reviewed, by the App's ledger. */
export function reviewSection({ review, now }: ReadReview & { readonly now: number }): Markup {
  const areas = areaWaits(review);
  const [pace, ...others] = [paceSentence(review, now), ...reviewSentences(review)];
  return markup`<section class="review">
<h2>Does review keep up?</h2>
<p class="asked">${pace}</p>
<p class="lead">${others.join(" ")}</p>
${weekFigure(review, now)}
${areas.length === 0 ? "" : waitFigure(areas)}
<details><summary>Weeks and areas in figures</summary>${weekTable(review)}${areaTable(areas)}</details>
</section>`;
}

function weekFigure({ weeks }: Review, now: number): Markup {
  if (weeks.length === 0)
    return markup`<p class="soft">The ledger has no entry of this repository in this period.</p>`;
  const shown = weeks.slice(-SHOWN_WEEKS);
  return markup`<figure>
<figcaption><h2>Changes a week</h2>
<ul class="legend">
${WEEK_SERIES.map(
  ({ slot, name, count }) =>
    markup`<li><span class="swatch ${slot}"></span>${name} <span class="soft">${grouped(sum(shown, count))}</span></li>\n`,
)}</ul></figcaption>
<div class="scroll">${weekChart(shown, weekOf(now))}</div>
</figure>`;
}

function waitFigure(areas: readonly AreaWaits[]): Markup {
  return markup`<figure>
<figcaption><h2>Waits for a countersignature</h2>
<ul class="legend">
<li><span class="swatch tool-5"></span>half were no longer</li>
<li><span class="swatch automation"></span>nine of ten were no longer</li>
</ul></figcaption>
<div class="scroll">${waitChart(areas)}</div>
</figure>`;
}

function weekTable({ weeks }: Review): Markup {
  const head = ["Week of", "AI changes", "Needed", "Countersigned", "Refusals", "Overrides", "Bypasses"];
  const rows = weeks
    .toReversed()
    .map(({ week, changes, asked, countersigned, refusals, overrides, bypasses }) => [
      week,
      ...[changes, asked, countersigned, refusals, overrides, bypasses].map(grouped),
    ]);
  return pageTable(head, rows);
}

function areaTable(areas: readonly AreaWaits[]): Markup {
  const rows = areas.map(({ area, signed, medianMs, p90Ms }) => [
    area,
    grouped(signed),
    ...[medianMs, p90Ms].map(duration),
  ]);
  return pageTable(["Area", "Signed", "Median wait", "p90 wait"], rows);
}
