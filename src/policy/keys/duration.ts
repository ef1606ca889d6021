import * as z from "zod";

const UNITS = { m: 60_000, h: 60 * 60_000, d: 24 * 60 * 60_000 } as const;

/** Of four digits at the most, so that no sum of them leaves the calendar. */
export const duration = z
  .string()
  .regex(/^[1-9][0-9]{0,3}[mhd]$/)
  .meta({ title: "a number of minutes, hours or days, such as 30m, 4h or 7d" });

/** Milliseconds. */
export function readDuration(text: string): number {
  const unit = text.at(-1);
  return unit === "m" || unit === "h" || unit === "d" ? Number(text.slice(0, -1)) * UNITS[unit] : 0;
}
