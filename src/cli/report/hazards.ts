import { answeredSentence, offSentences } from "../../signoff/report/hazard-sections.ts";
import type { JudgedHazard, Verdict } from "../../signoff/verdict.ts";
import { type Line, line } from "./lines.ts";
import type { ReportOptions } from "./options.ts";

const SHOWN = 20;

/** What the change destroys and lets in, one after the other as `file:line`, and what is made of it. */
export function hazardLines({ hazards }: Verdict, { verbose }: ReportOptions): readonly Line[] {
  const listed = hazards.filter(({ status: standing }) => standing.kind !== "off");
  const shown = verbose ? listed : listed.slice(0, SHOWN);
  const left = listed.length - shown.length;
  return [
    ...shown.flatMap(linesOf),
    ...(left === 0 ? [] : [line(2, `and ${left} more (--verbose shows all)`)]),
    ...offSentences({ hazards }).map((sentence) => line(2, sentence)),
  ];
}

function linesOf(hazard: JudgedHazard): readonly Line[] {
  const { id, kind, file, line: row, why, status: standing, by } = hazard;
  const remarks = [
    ...(by === "diff" ? ["found by its lines alone"] : []),
    ...(standing.kind === "exempt" ? ["no countersignature needed: no AI took part"] : []),
    ...(standing.kind === "shown" ? ["for your information, no countersignature needed"] : []),
  ];
  return [
    line(2, { text: kind, style: standing.kind === "asks" ? "red" : "dim" }, ` ${file}:${row}: ${why}`),
    ...changes(hazard).map((text) => line(6, text)),
    ...(standing.kind === "answered" ? [line(4, answeredSentence(standing))] : []),
    line(4, { text: [id, ...remarks].join(", "), style: "dim" }),
  ];
}

function changes({ before, after }: JudgedHazard): readonly string[] {
  return [...(before === undefined ? [] : [`- ${before}`]), ...(after === undefined ? [] : [`+ ${after}`])];
}
