import { findHazards } from "../../src/production/hazards/find.ts";
import type { Hazard } from "../../src/production/hazards/hazard.ts";
import { printTable } from "../table.ts";
import { changesOf } from "./commits.ts";

interface Found extends Hazard {
  readonly commit: string;
}

/** What a whole history raises, commit by commit against its first parent; merges are left out. */
function hazardsOf(
  repository: string,
  owner?: string,
): { readonly commits: number; readonly found: readonly Found[] } {
  const found: Found[] = [];
  let commits = 0;
  for (const { commit, inputs } of changesOf(repository)) {
    commits += 1;
    const hazards = findHazards(inputs, owner === undefined ? {} : { owner });
    found.push(...hazards.map((hazard) => ({ ...hazard, commit })));
  }
  return { commits, found };
}

/** Prints how many commits raise which hazard, and a sample of findings that is the same in every run. */
export function printHazardsOf(repository: string, { owner, size }: { owner?: string; size: number }): void {
  const { commits, found } = hazardsOf(repository, owner);
  const ids = Map.groupBy(found, ({ id }) => id);
  const rows = [...ids].map(([id, all]) => [
    id,
    String(new Set(all.map(({ commit }) => commit)).size),
    String(all.length),
  ]);
  const raising = new Set(found.map(({ commit }) => commit)).size;
  console.log(`${repository}: ${raising} of ${commits} commits raise a hazard`);
  printTable(
    ["rule", "commits", "findings"],
    rows.toSorted((one, other) => Number(other[1]) - Number(one[1])),
  );
  for (const { commit, id, file, line, side, by, why, before, after } of sample(found, size))
    console.log(
      [commit.slice(0, 10), id, `${file}:${line}`, side, by, why, before ?? "", after ?? ""].join(" | "),
    );
}

/** One finding of each rule and commit at most, in a shuffled order that a seed fixes. */
function sample(found: readonly Found[], size: number): readonly Found[] {
  let seed = 20_261_123;
  const next = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed;
  };
  const apart = new Map(found.map((each) => [`${each.commit} ${each.id}`, each]));
  return [...apart.values()]
    .map((each) => ({ each, order: next() }))
    .toSorted((one, other) => one.order - other.order)
    .slice(0, size)
    .map(({ each }) => each);
}
