import { BLANK, type Line, line, type Span } from "../../report/lines.ts";
import { problemLines } from "../../report/problems.ts";
import { everyMonth, everyYear } from "../counts/figures.ts";
import type { Scan } from "../scanned.ts";
import { LEGEND } from "./bar.ts";
import { reviewLines } from "./review.ts";
import { askedOf, headlineOf, productionOf, remarksOf, scopeOf, titleOf } from "./sentences.ts";
import { areaLines, periodLines, toolLines } from "./tables.ts";

/** The newest months are shown one by one; where there are more, every year is shown too. */
const SHOWN_MONTHS = 24;

/** A scan for people, for lines of this width. */
export function reportOf(scan: Scan, width: number): readonly Line[] {
  const months = everyMonth(scan.counts);
  const years = months.length > SHOWN_MONTHS ? everyYear(months) : [];
  return [
    line(0, { text: titleOf(scan), style: "bold" }, `  ${headlineOf(scan)}`),
    ...[scopeOf(scan), productionOf(scan)].map((text) => line(0, { text, style: "dim" })),
    ...section(["By year", ...LEGEND], periodLines("year", years, width)),
    ...section(["By month", ...LEGEND], periodLines("month", months.slice(-SHOWN_MONTHS), width)),
    ...section(["Tools"], toolLines(scan.counts)),
    ...section(["Production areas touched"], areaLines(scan.counts)),
    ...section(
      ["What the policy would have required"],
      askedOf(scan).map((text) => line(2, text)),
    ),
    ...(scan.reviewed ? section(["Review"], reviewLines(scan.reviewed)) : []),
    ...section(
      ["Remarks"],
      [...remarksOf(scan).map((text) => line(2, text)), ...scan.policy.warnings.flatMap(problemLines)],
    ),
  ];
}

function section([title, ...beside]: readonly [string, ...Span[]], lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [BLANK, line(0, { text: title, style: "bold" }, ...beside), ...lines];
}
