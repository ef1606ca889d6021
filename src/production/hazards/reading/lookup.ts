import type { ChangedPart, DeclaredPart } from "./part.ts";
import type { Parts } from "./parts.ts";

/** The parts of a change that have a key. */
type Lookup<Part> = (all: Parts, key: string) => readonly Part[];

/** Looks up the parts that change by a key which a rule makes of them, all of one change at once. */
export const changedBy = (keyOf: (part: ChangedPart) => string | undefined): Lookup<ChangedPart> =>
  lookup(({ changed }) => changed, keyOf);

/** The same of all that is declared. */
export const declaredBy = (keyOf: (part: DeclaredPart) => string | undefined): Lookup<DeclaredPart> =>
  lookup(({ declared }) => declared, keyOf);

function lookup<Part>(
  partsOf: (all: Parts) => readonly Part[],
  keyOf: (part: Part) => string | undefined,
): Lookup<Part> {
  const known = new WeakMap<Parts, ReadonlyMap<string | undefined, readonly Part[]>>();
  return (all, key) => {
    const index = known.get(all) ?? Map.groupBy(partsOf(all), keyOf);
    known.set(all, index);
    return index.get(key) ?? [];
  };
}

/** Two names as one key. */
export function keyOf(one: string, other: string): string {
  return JSON.stringify([one, other]);
}
