import { Temporal } from "temporal-polyfill";
import type { Hours } from "../../policy/keys/working-hours.ts";

/** Days that are looked through. Whoever has more time has all the time there is. */
const MOST_DAYS = 1000;

/**
 * When so many milliseconds of working time have passed since a moment, in milliseconds; `null` where that is years
 * away. Days on which the clock is changed are as long as they are.
 */
export function afterWorkingTime(since: number, lasts: number, hours: Hours): number | null {
  const start = Temporal.Instant.fromEpochMilliseconds(since).toZonedDateTimeISO(hours.zone);
  let left = lasts;
  let date = start.toPlainDate();
  for (let day = 0; day < MOST_DAYS; day += 1) {
    const { begins, ends } = workingDay(date, hours);
    const from = Math.max(begins, since);
    if (hours.days.includes(date.dayOfWeek) && ends > from) {
      if (left <= ends - from) return from + left;
      left -= ends - from;
    }
    date = date.add({ days: 1 });
  }
  return null;
}

/** The time of so many working days. */
export function workingDays(days: number, { start, end }: Hours): number {
  return days * (end - start) * 60_000;
}

function workingDay(date: Temporal.PlainDate, { zone, start, end }: Hours) {
  return { begins: momentOf(date, start, zone), ends: momentOf(date, end, zone) };
}

/** A time that the clock skips is as late as it would have been; of one that it shows twice, the first. */
function momentOf(date: Temporal.PlainDate, minutes: number, zone: string): number {
  const midnight = { hour: 0, minute: 0 };
  const day = minutes === 24 * 60 ? date.add({ days: 1 }) : date;
  const time = minutes === 24 * 60 ? midnight : { hour: Math.floor(minutes / 60), minute: minutes % 60 };
  return day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
}
