import type { ClockRecord } from "../time-facts.ts";

/** Clocks of one pull request as they stand. */
export interface Clocks {
  /** When something was first seen, in milliseconds; where it is new, now, or when it was there already by what is told. */
  firstSeen(key: string, told?: string): number;
  /** When something was first seen, in milliseconds, without asking for it; `null` where it is new. */
  knownSince(key: string): number | null;
  /** When it will have run so long, in milliseconds; `null` while it is stopped. */
  runsOut(key: string, lasts: number): number | null;
  /** Since when it runs without a stop, in milliseconds; `null` while it is stopped. */
  runningSince(key: string): number | null;
  /** Whether it has run so long. */
  hasRun(key: string, lasts: number): boolean;
  /** Those that were asked for, to be recorded: what nobody asks for any more starts anew when it comes back. */
  records(): readonly ClockRecord[];
}

interface Now {
  /** ISO 8601. */
  readonly now: string;
  /** Whether time counts: that of a draft does not. */
  readonly runs: boolean;
}

export function clocksAt(before: readonly ClockRecord[], { now, runs }: Now): Clocks {
  const known = new Map(before.map((record) => [record.key, record]));
  const asked = new Map<string, ClockRecord>();
  const at = Date.parse(now);
  const clock = (key: string, first = now): ClockRecord => {
    const found = asked.get(key) ?? moved(known.get(key) ?? { key, first, ran: 0, since: null });
    asked.set(key, found);
    return found;
  };
  const moved = (record: ClockRecord): ClockRecord => {
    const first = earlier(record.first, now);
    if (runs) return { ...record, first, since: earlier(record.since ?? now, now) };
    return { ...record, first, ran: ranBy(record, at), since: null };
  };
  return {
    firstSeen: (key, told) => Date.parse(clock(key, told).first),
    knownSince: (key) => {
      const record = asked.get(key) ?? known.get(key);
      return record === undefined ? null : Date.parse(earlier(record.first, now));
    },
    runsOut: (key, lasts) => {
      const { ran, since } = clock(key);
      return since === null ? null : Date.parse(since) + Math.max(0, lasts - ran);
    },
    runningSince: (key) => {
      const { since } = clock(key);
      return since === null ? null : Date.parse(since);
    },
    hasRun: (key, lasts) => ranBy(clock(key), at) >= lasts,
    records: () => [...asked.values()],
  };
}

/** What was recorded by a clock that was ahead begins now, and not when that moment comes. */
function earlier(moment: string, now: string): string {
  return Date.parse(moment) > Date.parse(now) ? now : moment;
}

function ranBy({ ran, since }: ClockRecord, now: number): number {
  return ran + (since === null ? 0 : Math.max(0, now - Date.parse(since)));
}
