import type { LinePlace } from "./time-facts.ts";

/**
 * Whoever came first comes first; of two that came together, the one with the lower number. Changes of people who may not
 * write to the repository stand behind all others, so that nobody outside can hold up the line.
 */
export function inOrder<Place extends LinePlace>(places: readonly Place[]): readonly Place[] {
  const rank = ({ outside }: LinePlace) => Number(outside === true);
  return places.toSorted(
    (one, other) =>
      rank(one) - rank(other) || Date.parse(one.since) - Date.parse(other.since) || one.pull - other.pull,
  );
}
