/** A day, a month or a year as the user wrote it; its ends in seconds since 1970, UTC, the last second included. */
export interface Span {
  readonly text: string;
  readonly from: number;
  readonly until: number;
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Reads `2026`, `2026-03` or `2026-03-14`; `null` for anything else. Git itself would take any word for a date. */
export function readDate(text: string): Span | null {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined || year < "1970") return null;
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const from = new Date(Date.UTC(y, m, d));
  if (!from.toISOString().startsWith(text)) return null;
  const next =
    day !== undefined ? Date.UTC(y, m, d + 1) : month !== undefined ? Date.UTC(y, m + 1) : Date.UTC(y + 1, 0);
  return { text, from: from.getTime() / 1000, until: next / 1000 - 1 };
}
