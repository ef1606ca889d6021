import { type Markup, markup } from "../../../markup/markup.ts";
import { pageOf } from "../../page/page.ts";
import {
  type DatedPeriod,
  everyMonth,
  everyYear,
  grouped,
  percent,
  totalsOf,
  totalsOfAll,
} from "../counts/figures.ts";
import { addPeriods } from "../counts/tally.ts";
import { askedOf, headlineOf, productionOf, remarksOf, scopeOf, titleOf } from "../report/sentences.ts";
import type { Scan } from "../scanned.ts";
import { chartSvg } from "./chart.ts";
import { reviewSection } from "./review.ts";
import { type Series, seriesOf, shownMonths } from "./series.ts";
import { areaTable, monthTable, toolTable } from "./tables.ts";

/** A scan as one file of HTML. */
export function htmlOf(scan: Scan): string {
  return pageOf({
    command: "scan",
    title: `Who wrote ${titleOf(scan)}`,
    lead: headlineOf(scan),
    about: scopeOf(scan),
    figures: figuresIn(scan),
    body: markup`${charts(scan)}
<p class="asked">${askedOf(scan).join(" ")}</p>
${tables(scan)}${scan.reviewed ? reviewSection(scan.reviewed) : ""}`,
    remarks: [productionOf(scan), ...remarksOf(scan)],
  });
}

const LATELY = 12;

function figuresIn({ counts }: Scan) {
  const months = everyMonth(counts);
  const { all, ai } = totalsOfAll(counts);
  const lately = totalsOf(addPeriods(months.slice(-LATELY)));
  const last = {
    name: `AI-marked, last ${LATELY} months`,
    value: percent(lately.ai.commits, lately.all.commits),
    style: "accent",
  } as const;
  return [
    { name: "AI-marked, all commits", value: percent(ai.commits, all.commits) },
    ...(months.length > LATELY ? [last] : []),
    { name: "AI-marked commits that touched production", value: grouped(ai.production) },
  ];
}

function charts({ counts, currentMonth }: Scan): Markup {
  const months = everyMonth(counts);
  if (months.length === 0) return markup`<p class="lead">There is nothing to draw.</p>`;
  const series = seriesOf(counts);
  const shown = shownMonths(months);
  return markup`${monthChart(shown, series, currentMonth)}
${shown.length < months.length ? yearChart(everyYear(months), series, currentMonth.slice(0, 4)) : ""}`;
}

function monthChart(periods: readonly DatedPeriod[], series: readonly Series[], running: string): Markup {
  const chart = chartSvg({
    id: "months",
    title: "Commits a month, by who wrote them",
    description: described(periods),
    periods,
    series,
    height: 260,
    withShare: true,
    running,
  });
  return markup`<figure>
<figcaption><h2>Commits a month</h2>
<ul class="legend">
${series.map(({ slot, name, countOf }) => {
  const count = periods.reduce((sum, period) => sum + countOf(period), 0);
  return count === 0
    ? ""
    : markup`<li><span class="swatch ${slot}"></span>${name} <span class="soft">${grouped(count)}</span></li>\n`;
})}</ul></figcaption>
<div class="scroll">${chart}</div>
</figure>`;
}

function yearChart(periods: readonly DatedPeriod[], series: readonly Series[], running: string): Markup {
  const chart = chartSvg({
    id: "years",
    title: "Commits a year, by who wrote them",
    description: described(periods),
    periods,
    series,
    height: 110,
    withShare: false,
    running,
  });
  return markup`<figure>
<figcaption><h2>The whole history, by year</h2></figcaption>
<div class="scroll">${chart}</div>
</figure>`;
}

/** For people who hear the chart; every figure of it stands in the tables below. */
function described(periods: readonly DatedPeriod[]): string {
  const { all, ai, automation } = totalsOf(addPeriods(periods));
  const [first, last] = [periods[0]?.label ?? "", periods.at(-1)?.label ?? ""];
  return `Stacked columns from ${first} to ${last}: ${grouped(all.commits)} commits, ${grouped(ai.commits)} (${percent(ai.commits, all.commits)}) with an AI’s mark, ${grouped(automation.commits)} by automation. All figures stand in the table by month.`;
}

function tables({ counts }: Scan): Markup {
  return markup`<div class="tables">
<section><h2>Tools</h2>${counts.months.some(({ ai }) => ai.size > 0) ? toolTable(counts) : markup`<p class="soft">No commit carries the mark of a tool.</p>`}</section>
<section><h2>Production areas touched</h2>${counts.areas.length > 0 ? areaTable(counts) : markup`<p class="soft">No commit touched production.</p>`}</section>
</div>
<details><summary>All months in figures</summary>${monthTable(counts)}</details>`;
}
