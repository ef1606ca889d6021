/** The end of the year 9999: what comes after is no time that anybody meant. */
const LATEST = 253_402_300_799;

/** ISO 8601, UTC; `null` when nothing, or nothing possible, is written there. */
export function isoTime(seconds: number): string | null {
  return seconds <= 0 || seconds > LATEST ? null : new Date(seconds * 1000).toISOString();
}
