import { byArea, byOwners, figuresOf } from "../../../backtest/figures.ts";
import type { Replayed } from "../../../backtest/replayed.ts";
import { mostTelling } from "../../../backtest/telling.ts";
import { type Markup, markup } from "../../../markup/markup.ts";
import { pageOf } from "../../page/page.ts";
import { pageTable } from "../../page/table.ts";
import type { Backtest, Tested } from "../tested.ts";
import { askedTable, type FiguresTable, hazardTable, policiesTable } from "./figures-table.ts";
import { gateWords } from "./gate-words.ts";
import { aboutOf, headlineOf, outcomeSentences, remarksOf, titleOf } from "./sentences.ts";
import { askWords, fateWords, hazardWords, originWords, writerWords } from "./words.ts";

/** A back-test as one file of HTML. */
export function htmlOf(tested: Backtest): string {
  const { policies } = tested;
  const first = policies.slice(0, 1);
  return pageOf({
    command: "backtest",
    title: `What would have been asked in ${titleOf(tested)}`,
    lead: first.map(headlineOf).join(""),
    about: aboutOf(tested),
    figures: first.flatMap(figuresIn),
    body: markup`${first.map(policy)}
${policies.length > 1 ? part("The policies side by side", policiesTable(policies)) : ""}
${gate(tested)}`,
    remarks: remarksOf(tested),
  });
}

function figuresIn({ replayed }: Tested) {
  const { wouldHaveWaited, asked } = figuresOf(replayed);
  const { withoutOwner } = figuresOf(replayed.filter(({ writer }) => writer === "ai"));
  return [
    { name: "would have asked somebody", value: asked },
    { name: "would have waited", value: wouldHaveWaited },
    { name: "an AI’s, merged without an owner", value: withoutOwner },
  ];
}

function gate(tested: Backtest): Markup {
  const { sentence, worst } = gateWords(tested);
  const items = worst.map(({ mark, says }) => markup`<li><strong>${mark}</strong> ${says}</li>\n`);
  return markup`<section><h2>Does the check really block merges here today?</h2><p>${sentence}</p>${items.length === 0 ? "" : markup`<ul>${items}</ul>`}</section>`;
}

function policy(first: Tested): Markup {
  const { replayed } = first;
  if (replayed.length === 0) return markup``;
  const telling = mostTelling(replayed);
  return markup`<p class="asked">${outcomeSentences(first).join(" ")}</p>
${part("Asked, by owners", askedTable("owners", byOwners(replayed)))}
${part("Asked, by area", askedTable("area", byArea(replayed)))}
${part("Hazards", hazardTable(first))}
${telling.length === 0 ? "" : markup`<section><h2>The most telling pull requests</h2><ul>${telling.map(tellingItem)}</ul></section>`}
<details><summary>All pull requests</summary>${tableOf(allPulls(replayed))}</details>`;
}

function tellingItem(replayed: Replayed): Markup {
  const { pull, asks, hazards } = replayed;
  const found = hazards.slice(0, 3).map((hazard) => markup`<br/>${hazardWords(hazard)}`);
  return markup`<li><strong>#${pull.number}</strong> ${pull.title} <span class="soft">${originWords(replayed)}</span>${asks.map((ask) => markup`<br/>${askWords(ask)}`)}${found}</li>\n`;
}

function allPulls(replayed: readonly Replayed[]): FiguresTable {
  return {
    head: ["pull request", "merged", "written by", "then"],
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
  return markup`<section><h2>${title}</h2>${tableOf(figures)}</section>`;
}

function tableOf({ head, rows }: FiguresTable): Markup {
  return pageTable(head, rows);
}
