const DAY_MS = 24 * 60 * 60_000;
const WEEK_MS = 7 * DAY_MS;

/** 1970 began on a Thursday. */
const FIRST_MONDAY = 4 * DAY_MS;

/** The Monday that a week begins with, UTC: `2026-11-30`. */
export function weekOf(at: number): string {
  return dayOf(Math.floor((at - FIRST_MONDAY) / WEEK_MS) * WEEK_MS + FIRST_MONDAY);
}

/** From the week of one moment to that of another, without a gap. */
export function weeksFrom(first: number, last: number): readonly string[] {
  const from = Date.parse(weekOf(first));
  const count = Math.floor((Date.parse(weekOf(last)) - from) / WEEK_MS) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, index) => dayOf(from + index * WEEK_MS));
}

/** The Monday so many weeks before another. */
export function weeksBefore(monday: string, weeks: number): string {
  return dayOf(Date.parse(monday) - weeks * WEEK_MS);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, "2026-11-30".length);
}
