import type { Review, Wait, Week } from "./figures.ts";
import { weekOf, weeksBefore } from "./weeks.ts";

/** How long one area's changes waited for their signatures. */
export interface AreaWaits {
  readonly area: string;
  readonly signed: number;
  readonly medianMs: number;
  /** Nine of ten were no longer. */
  readonly p90Ms: number;
}

/** The area with the most waits first. */
export function areaWaits({ waits }: Pick<Review, "waits">): readonly AreaWaits[] {
  const byArea = Map.groupBy(waits, ({ area }) => area);
  return [...byArea]
    .map(([area, own]) => {
      const times = own.map(({ ms }) => ms);
      return { area, signed: own.length, medianMs: quantile(times, 0.5), p90Ms: quantile(times, 0.9) };
    })
    .toSorted((one, other) => other.signed - one.signed || (one.area < other.area ? -1 : 1));
}

/** The smallest value that so large a part of them does not exceed; 0 for none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(Math.ceil(part * sorted.length) - 1, 0)] ?? 0;
}

/** Whole weeks in a row that are compared with as many before. */
export const COMPARED_WEEKS = 4;

/** From fewer nothing is concluded. */
export const ENOUGH = 5;

/** Behind: fewer are countersigned of those that need it, or they wait so many times as long. */
const LEAST_SHARE = 0.8;
const LONGER = 1.5;

export interface Pace {
  readonly status: "keeps-up" | "falls-behind" | "too-few";
  readonly asked: number;
  readonly countersigned: number;
  /** Medians of the weeks compared, and of those before; `null` where there are too few. */
  readonly medianMs: number | null;
  readonly medianBeforeMs: number | null;
}

/** Whether review keeps up with what AI writes, by the last whole weeks. */
export function paceOf({ weeks, waits }: Review, now: number): Pace {
  const thisWeek = weekOf(now);
  const from = weeksBefore(thisWeek, COMPARED_WEEKS);
  const before = weeksBefore(thisWeek, 2 * COMPARED_WEEKS);
  const lately = weeks.filter(({ week }) => week >= from && week < thisWeek);
  const [asked, countersigned] = [sum(lately, "asked"), sum(lately, "countersigned")];
  const medianMs = medianIn(waits, from, thisWeek);
  const medianBeforeMs = medianIn(waits, before, from);
  const figures = { asked, countersigned, medianMs, medianBeforeMs };
  if (asked < ENOUGH) return { status: "too-few", ...figures };
  const isLonger = medianMs !== null && medianBeforeMs !== null && medianMs > LONGER * medianBeforeMs;
  const isBehind = countersigned < LEAST_SHARE * asked || isLonger;
  return { status: isBehind ? "falls-behind" : "keeps-up", ...figures };
}

export function sum(weeks: readonly Week[], what: Exclude<keyof Week, "week">): number {
  return weeks.reduce((total, week) => total + week[what], 0);
}

function medianIn(waits: readonly Wait[], from: string, to: string): number | null {
  const own = waits.filter(({ until }) => until >= Date.parse(from) && until < Date.parse(to));
  return own.length < ENOUGH
    ? null
    : quantile(
        own.map(({ ms }) => ms),
        0.5,
      );
}
