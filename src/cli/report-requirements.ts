import type { RequirementOutcome } from "../signoff/verdict.ts";
import { count, handle, ownerNames } from "../signoff/words.ts";
import { type Line, line, type Span } from "./lines.ts";
import type { ReportOptions } from "./report.ts";

const STATUS: Readonly<Record<RequirementOutcome["status"], Span>> = {
  signed: { text: "signed", style: "green" },
  waiting: { text: "waiting", style: "yellow" },
  refused: { text: "refused", style: "red" },
  impossible: { text: "impossible", style: "red" },
};

const SHOWN_PATHS = 3;

/** One requirement: who, how many, for which paths, why, and what stands of it. */
export function requirementLines(outcome: RequirementOutcome, options: ReportOptions): readonly Line[] {
  const { requirement, status, countersignatures, refusals, discounted, canSign, remedy } = outcome;
  const { area, from, senior, because } = requirement;
  const seniors = senior.length === 0 ? "" : `, at least one of ${ownerNames(senior)}`;
  const wanted = `${count(requirement.count, "countersignature")} from ${ownerNames(from.owners)}${seniors}`;
  return [
    line(2, STATUS[status], " ", { text: area, style: "bold" }, `: ${wanted} (${from.source})`),
    line(4, because),
    ...pathLines(from.paths, options),
    ...countersignatures.map(({ by }) => line(4, { text: "signed", style: "green" }, ` by ${handle(by)}`)),
    ...refusals.map(({ by }) => line(4, { text: "refused", style: "red" }, ` by ${handle(by)}`)),
    ...discounted.map(({ sentence }) => line(4, sentence)),
    ...(canSign.length === 0 ? [] : [line(4, `can sign: ${canSign.map(handle).join(", ")}`)]),
    ...(remedy === undefined ? [] : [line(4, remedy)]),
  ];
}

/** One path a line, so that no path can pass for two; the first few unless everything is wanted. */
export function pathLines(paths: readonly string[], { verbose }: ReportOptions): readonly Line[] {
  const shown = verbose || paths.length <= SHOWN_PATHS + 1 ? paths : paths.slice(0, SHOWN_PATHS);
  const left = paths.length - shown.length;
  return [
    ...shown.map((path) => line(6, path)),
    ...(left === 0 ? [] : [line(6, `and ${count(left, "more path")} (--verbose shows all)`)]),
  ];
}
