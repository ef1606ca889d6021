import type { Span } from "../../report/lines.ts";
import type { Totals } from "../counts/figures.ts";

/** The three parts differ without colours too. */
const PARTS = [
  { part: "ai", sign: "█", style: "magenta", name: "AI" },
  { part: "automation", sign: "▒", style: "cyan", name: "automation" },
  { part: "other", sign: "░", style: "dim", name: "other" },
] as const;

/** A bar of `width` signs, two more at most, for `most` commits. A part that is not nothing takes one sign at least. */
export function barOf(
  totals: Totals,
  { most, width }: { readonly most: number; readonly width: number },
): readonly Span[] {
  const scale = (commits: number) => (commits === 0 ? 0 : Math.max(1, Math.round((commits / most) * width)));
  const whole = scale(totals.all.commits);
  const [ai, automation] = [scale(totals.ai.commits), scale(totals.automation.commits)];
  const other = totals.other.commits === 0 ? 0 : Math.max(1, whole - ai - automation);
  const lengths = { ai, automation, other };
  return PARTS.filter(({ part }) => lengths[part] > 0).map(({ part, sign, style }) => ({
    text: sign.repeat(lengths[part]),
    style,
  }));
}

/** What the signs stand for, to follow a title. */
export const LEGEND: readonly Span[] = PARTS.flatMap(({ sign, style, name }) => [
  "   ",
  { text: sign, style },
  ` ${name}`,
]);
