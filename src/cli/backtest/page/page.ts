import { byArea, byOwners, figuresOf } from "../../../backtest/figures.ts";
import type { Replayed } from "../../../backtest/replayed.ts";
import { mostTelling } from "../../../backtest/telling.ts";
import { type Markup, markup } from "../../scan/page/markup.ts";
import { STYLE } from "../../scan/page/style.ts";
import { askedTable, type FiguresTable, hazardTable, policiesTable } from "../report/figures-table.ts";
import { gateWords } from "../report/gate-words.ts";
import { headlineOf, outcomeSentences, remarksOf, spanOf, titleOf } from "../report/sentences.ts";
import { askWords, fateWords, writerWords } from "../report/words.ts";
import type { Backtest, Tested } from "../tested.ts";

/** A back-test as one file of HTML: no script, and nothing that is loaded from elsewhere. */
export function htmlOf(tested: Backtest): string {
  const [first] = tested.policies;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="generator" content="countersign backtest"/>
<title>What would have been asked in ${titleOf(tested)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${first === undefined ? "" : header(tested, first)}
${first === undefined ? "" : policy(first)}
${tested.policies.length > 1 ? part("The policies side by side", policiesTable(tested.policies)) : ""}
${gate(tested)}
<footer class="soft">
${remarksOf(tested).map((text) => markup`<p>${text}</p>\n`)}</footer>
</main>
</body>
</html>
`.text;
}

function header(tested: Backtest, first: Tested): Markup {
  const { wouldHaveWaited, asked } = figuresOf(first.replayed);
  const { withoutOwner } = figuresOf(first.replayed.filter(({ writer }) => writer === "ai"));
  return markup`<header class="top">
<div>
<h1>What would have been asked in ${titleOf(tested)}</h1>
<p class="lead">${headlineOf(first)}</p>
<p class="soft">${spanOf(tested)}, by ${first.title}</p>
</div>
<dl class="figures">
${figure("would have asked somebody", asked)}
${figure("would have waited", wouldHaveWaited)}
${figure("an AI’s, merged without an owner", withoutOwner)}
</dl>
</header>`;
}

function gate(tested: Backtest): Markup {
  const { sentence, worst } = gateWords(tested);
  const items = worst.map(({ mark, says }) => markup`<li><strong>${mark}</strong> ${says}</li>\n`);
  return markup`<section><h2>Does the check really block merges here today?</h2><p>${sentence}</p>${items.length === 0 ? "" : markup`<ul>${items}</ul>`}</section>`;
}

function figure(name: string, value: number): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`;
}

function policy(first: Tested): Markup {
  const { replayed } = first;
  const telling = mostTelling(replayed);
  return markup`<p class="asked">${outcomeSentences(first).join(" ")}</p>
${part("Asked, by owners", askedTable("Owners", byOwners(replayed)))}
${part("Asked, by area", askedTable("Area", byArea(replayed)))}
${part("Hazards", hazardTable(first))}
${telling.length === 0 ? "" : markup`<section><h2>The most telling pull requests</h2><ul>${telling.map(tellingItem)}</ul></section>`}
<details><summary>All pull requests</summary>${table(allPulls(replayed))}</details>`;
}

function tellingItem(replayed: Replayed): Markup {
  const { pull, asks, hazards } = replayed;
  const found = hazards.slice(0, 3).map(({ file, line, what }) => markup`<br/>${file}:${line}: ${what}`);
  return markup`<li><strong>#${pull.number}</strong> ${pull.title} <span class="soft">${writerWords(replayed)}; merged ${pull.mergedAt.slice(0, 10)}</span>${asks.map((ask) => markup`<br/>${askWords(ask)}`)}${found}</li>\n`;
}

function allPulls(replayed: readonly Replayed[]): FiguresTable {
  return {
    head: ["Pull request", "Merged", "Written by", "Then"],
    rows: replayed.map((each) => [
      `#${each.pull.number} ${each.pull.title}`,
      each.pull.mergedAt.slice(0, 10),
      writerWords(each),
      fateWords(each),
    ]),
  };
}

function part(title: string, figures: FiguresTable): Markup {
  if (figures.rows.length === 0) return markup``;
  return markup`<section><h2>${title}</h2>${table(figures)}</section>`;
}

function table({ head, rows }: FiguresTable): Markup {
  const titles = head.map((title) => markup`<th scope="col">${title}</th>`);
  const body = rows.map(
    ([name = "", ...cells]) =>
      markup`<tr><th scope="row">${name}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`,
  );
  return markup`<div class="scroll"><table><thead><tr>${titles}</tr></thead>
<tbody>
${body}</tbody></table></div>`;
}
