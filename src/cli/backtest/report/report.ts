import { byArea, byOwners } from "../../../backtest/figures.ts";
import type { Replayed } from "../../../backtest/replayed.ts";
import { mostTelling } from "../../../backtest/telling.ts";
import { BLANK, type Line, line, type Span } from "../../report/lines.ts";
import { problemLines } from "../../report/problems.ts";
import { GAP, tableLines } from "../../report/table.ts";
import type { Backtest, Tested } from "../tested.ts";
import { askedTable, type FiguresTable, hazardTable, policiesTable } from "./figures-table.ts";
import { gateWords } from "./gate-words.ts";
import { aboutOf, headlineOf, outcomeSentences, remarksOf, titleOf } from "./sentences.ts";
import { askWords, hazardWords, originWords } from "./words.ts";

const SHOWN_ROWS = 12;
/** As wide a table may be, so that no row is wrapped; names are cut for it, but not to less than this. */
const TABLE_WIDTH = 80;
const SHORTEST_CUT = 16;

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
  return [
    line(2, { text: `#${pull.number}`, style: "bold" }, ` ${pull.title}`),
    line(4, { text: originWords(replayed), style: "dim" }),
    ...asks.map((ask) => line(4, askWords(ask))),
    ...hazards.slice(0, 3).map((hazard) => line(4, hazardWords(hazard))),
  ];
}

function tableOf({ head, rows }: FiguresTable): readonly Line[] {
  if (rows.length === 0) return [];
  const titles = head.map((title) => clipped(title, SHORTEST_CUT));
  const columns = titles.map((title, index) => ({ title, align: index === 0 ? "left" : "right" }) as const);
  const cells = rows.slice(0, SHOWN_ROWS);
  const room = Math.max(SHORTEST_CUT, TABLE_WIDTH - widthWithoutNames([titles, ...cells]));
  const shown = cells.map(([name = "", ...others]) => [clipped(name, room), ...others]);
  const left = rows.length - shown.length;
  const rest = left === 0 ? [] : [line(0, { text: `and ${left} more (--json has them all)`, style: "dim" })];
  return [...tableLines(columns, shown), ...rest];
}

/** How much of a row its figures take, with the gaps before them. */
function widthWithoutNames(rows: readonly (readonly string[])[]): number {
  const [head = []] = rows;
  return head
    .slice(1)
    .map((_, index) => GAP + Math.max(...rows.map((row) => [...(row[index + 1] ?? "")].length)))
    .reduce((sum, width) => sum + width, 0);
}

function section(title: string, lines: readonly Line[], ...beside: readonly Span[]): readonly Line[] {
  return lines.length === 0 ? [] : [BLANK, line(0, { text: title, style: "bold" }, ...beside), ...lines];
}

function clipped(name: string, longest: number): string {
  const characters = [...name];
  return characters.length <= longest ? name : `${characters.slice(0, longest - 1).join("")}…`;
}
