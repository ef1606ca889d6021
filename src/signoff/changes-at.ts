import type { Verdict } from "./verdict.ts";

/** The verdict, which time alone may change at each of these moments too, in milliseconds: the soonest is named. */
export function changingAt<V extends Pick<Verdict, "changesAt">>(verdict: V, moments: readonly number[]): V {
  if (moments.length === 0) return verdict;
  const known = verdict.changesAt === undefined ? [] : [Date.parse(verdict.changesAt)];
  return { ...verdict, changesAt: new Date(Math.min(...moments, ...known)).toISOString() };
}
