import type { ScopedRequirement, ScopedRequirements } from "../../signoff/requirements/requirements.ts";
import { quote } from "../../signoff/wording/visible.ts";
import { count, listFirst, ownerNames } from "../../signoff/wording/words.ts";
import { BLANK, type Line, line } from "../report/lines.ts";
import { pathLines as allPathLines } from "../report/requirements.ts";
import type { TouchedArea } from "./rules.ts";

export interface ReportOptions {
  /** Every path, not the first few. */
  readonly verbose: boolean;
  /** All is about one path, which need not be said again. */
  readonly onePath: boolean;
}

const SHOWN_PATTERNS = 5;

export function section(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [BLANK, line(0, { text: title, style: "bold" }), ...lines];
}

/** The paths, unless there is only the one. */
export function pathLines(paths: readonly string[], options: ReportOptions): readonly Line[] {
  return options.onePath ? [] : allPathLines(paths, options);
}

export function areaLines(areas: readonly TouchedArea[], options: ReportOptions): readonly Line[] {
  return areas.flatMap(({ area, origin, why, patterns, paths }) => [
    line(
      2,
      { text: area, style: "bold" },
      ` (${origin}), by ${listFirst(patterns.map(quote), SHOWN_PATTERNS)}`,
    ),
    ...pathLines(paths, options),
    ...(why === null ? [] : [line(4, why)]),
  ]);
}

/** What has to be signed, and who is only asked to look; `nothing` is said when there is neither. */
export function demandLines(
  { required, optionalReviews }: ScopedRequirements,
  nothing: string,
  options: ReportOptions,
): readonly Line[] {
  const lines = [
    ...required.flatMap((scoped) => mustSign(scoped, options)),
    ...optionalReviews.flatMap((scoped) => isAsked(scoped, options)),
  ];
  return lines.length > 0 ? lines : [line(2, nothing)];
}

function mustSign({ requirement, obstacle }: ScopedRequirement, options: ReportOptions): readonly Line[] {
  const { area, from, senior, because, count: needed } = requirement;
  const seniors = senior.length === 0 ? "" : `, including at least one from ${ownerNames(senior)}`;
  const who = from.owners.length === 0 ? "that nobody can give" : `from ${ownerNames(from.owners)}${seniors}`;
  return [
    line(2, { text: area, style: "bold" }, `: ${count(needed, "countersignature")} ${who} (${from.source})`),
    ...pathLines(from.paths, options),
    ...(obstacle === null ? [because] : [because, obstacle]).map((sentence) => line(4, sentence)),
  ];
}

function isAsked(
  { requirement: { area, from, because } }: ScopedRequirement,
  options: ReportOptions,
): readonly Line[] {
  return [
    line(2, { text: area, style: "dim" }, `: ${ownerNames(from.owners)} (${from.source})`),
    ...pathLines(from.paths, options),
    line(4, because),
  ];
}
