import type { Evidence, Where } from "../evidence.ts";
import type { Match } from "../signals/match.ts";
import type { UnreliablePeriod } from "../tool/tool.ts";

const DAY_MS = 86_400_000;

/** The matches as evidence of one place, made at a time (ISO 8601) where that is known. */
export function evidenceAt(where: Where, matches: readonly Match[], at?: string): readonly Evidence[] {
  return matches.map(({ tool, kind, strength, text, unreliable }) => ({
    tool,
    kind,
    strength: unreliable !== undefined && isWithin(at, unreliable) ? "weak" : strength,
    where,
    text,
  }));
}

/** The same matches as hints. */
export function weakened(matches: readonly Match[]): readonly Match[] {
  return matches.map((match) => ({ ...match, strength: "weak" }));
}

/** Milliseconds since 1970; `NaN` where no time is written, for which git has the zero. */
export function timeAt(at: string | undefined): number {
  return Date.parse(at ?? "") || Number.NaN;
}

function isWithin(at: string | undefined, { from, until }: UnreliablePeriod): boolean {
  const time = timeAt(at);
  return time >= Date.parse(from) && time < Date.parse(until) + DAY_MS;
}
