import { isSilent, isWithoutOwner } from "./figures.ts";
import type { Done, Replayed } from "./replayed.ts";

const MOST = 5;

/** How much each thing weighs that was done, or was not. */
const WEIGHTS: Readonly<Record<Done["kind"], number>> = {
  refused: 70,
  nobody: 50,
  impossible: 40,
  late: 30,
  unknown: 10,
  earlier: 10,
  signed: 0,
};

/** The pull requests that tell most of what the policy would have changed, the most telling first. */
export function mostTelling(all: readonly Replayed[], most = MOST): readonly Replayed[] {
  return all
    .map((each) => ({ each, weight: weightOf(each) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || newerFirst(a.each, b.each))
    .slice(0, most)
    .map(({ each }) => each);
}

function weightOf(each: Replayed): number {
  const { asks, hazards, writer, approved } = each;
  if (asks.length === 0) return 0;
  const worst = Math.max(...asks.map(({ done }) => WEIGHTS[done.kind]));
  const destroyed = Math.min(hazards.filter((hazard) => hazard.asks).length, 3);
  return (
    worst +
    destroyed * 15 +
    (writer === "ai" ? 10 : 0) +
    (isWithoutOwner(each) && !approved ? 10 : 0) +
    (isSilent(each) ? 5 : 0)
  );
}

function newerFirst(a: Replayed, b: Replayed): number {
  return Date.parse(b.pull.mergedAt) - Date.parse(a.pull.mergedAt) || b.pull.number - a.pull.number;
}
