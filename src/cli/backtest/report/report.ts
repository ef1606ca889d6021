import { byArea, byOwners } from "../../../backtest/figures.ts";
import type { Replayed } from "../../../backtest/replayed.ts";
import { mostTelling } from "../../../backtest/telling.ts";
import { BLANK, type Line, line, type Span } from "../../report/lines.ts";
import { problemLines } from "../../report/problems.ts";
import { tableLines } from "../../report/table.ts";
import type { Backtest, Tested } from "../tested.ts";
import { askedTable, type FiguresTable, hazardTable, policiesTable } from "./figures-table.ts";
import { gateWords } from "./gate-words.ts";
import { aboutOf, headlineOf, outcomeSentences, remarksOf, titleOf } from "./sentences.ts";
import { askWords, writerWords } from "./words.ts";

const SHOWN_ROWS = 12;
const LONGEST_NAME = 40;

/** A back-test for people, after the rows that came one by one: the first policy in full, and then all in figures. */
export function reportOf(tested: Backtest): readonly Line[] {
  const { policies } = tested;
  const [first] = policies;
  return [
    BLANK,
    line(0, { text: titleOf(tested), style: "bold" }, ...(first ? [`  ${headlineOf(first)}`] : [])),
    line(0, { text: aboutOf(tested), style: "dim" }),
    ...(first === undefined ? [] : policySections(first)),
    ...(policies.length > 1 ? section("The policies side by side", tableOf(policiesTable(policies))) : []),
    ...gateLines(tested),
    ...section("Remarks", [
      ...remarksOf(tested).map((text) => line(2, text)),
      ...policies.flatMap(({ warnings }) => warnings.flatMap(problemLines)),
    ]),
  ];
}

function gateLines(tested: Backtest): readonly Line[] {
  const { sentence, worst } = gateWords(tested);
  return section("Does the check really block merges here today?", [
    line(2, sentence),
    ...worst.map(({ mark, says }) =>
      line(4, { text: mark.padEnd("unknown".length), style: "bold" }, ` ${says}`),
    ),
  ]);
}

function policySections(first: Tested): readonly Line[] {
  const { replayed } = first;
  return [
    ...section(
      "What the policy would have done",
      outcomeSentences(first).map((text) => line(2, text)),
    ),
    ...section("Asked, by owners", tableOf(askedTable("owners", byOwners(replayed)))),
    ...section("Asked, by area", tableOf(askedTable("area", byArea(replayed)))),
    ...section("Hazards", tableOf(hazardTable(first))),
    ...section("The most telling pull requests", mostTelling(replayed).flatMap(tellingLines)),
  ];
}

function tellingLines(replayed: Replayed): readonly Line[] {
  const { pull, asks, hazards } = replayed;
  const by = pull.mergedBy === null ? "" : ` by @${pull.mergedBy}`;
  return [
    line(2, { text: `#${pull.number}`, style: "bold" }, ` ${pull.title}`),
    line(4, { text: `${writerWords(replayed)}; merged ${pull.mergedAt.slice(0, 10)}${by}`, style: "dim" }),
    ...asks.map((ask) => line(4, askWords(ask))),
    ...hazards.slice(0, 3).map(({ id, what, file, line: at }) => line(4, `${file}:${at}: ${what} (${id})`)),
  ];
}

function tableOf({ head, rows }: FiguresTable): readonly Line[] {
  if (rows.length === 0) return [];
  const columns = head.map((title, index) => ({ title, align: index === 0 ? "left" : "right" }) as const);
  const shown = rows.slice(0, SHOWN_ROWS).map(([name = "", ...cells]) => [clipped(name), ...cells]);
  const left = rows.length - shown.length;
  const rest = left === 0 ? [] : [line(0, { text: `and ${left} more (--json has them all)`, style: "dim" })];
  return [...tableLines(columns, shown), ...rest];
}

function section(title: string, lines: readonly Line[], ...beside: readonly Span[]): readonly Line[] {
  return lines.length === 0 ? [] : [BLANK, line(0, { text: title, style: "bold" }, ...beside), ...lines];
}

function clipped(name: string): string {
  const characters = [...name];
  return characters.length <= LONGEST_NAME ? name : `${characters.slice(0, LONGEST_NAME - 1).join("")}…`;
}
