/**
 * How a repository's value stands to the organization's, where both say one. `merge` is what comes into force,
 * which is never weaker than the organization's; `weakens` is true when the repository's value lost.
 */
export interface Rule<Value> {
  /** What comes into force, as a noun phrase for the reference. */
  readonly says: string;
  merge(organization: Value, repository: Value): Value;
  weakens(organization: Value, repository: Value): boolean;
}

/** The values from the most lenient to the strictest; the stricter of the two comes into force. */
export function strictest<Value>(scale: readonly Value[]): Rule<Value> {
  const weaker = (organization: Value, repository: Value) =>
    scale.indexOf(repository) < scale.indexOf(organization);
  return {
    says: `the stricter one (${scale.join(" < ")})`,
    merge: (organization, repository) => (weaker(organization, repository) ? organization : repository),
    weakens: weaker,
  };
}

export const highest: Rule<number> = {
  says: "the higher number",
  merge: Math.max,
  weakens: (organization, repository) => repository < organization,
};

/** More is stricter, and a shorter list in the repository takes nothing away. */
export function union<Item>(): Rule<readonly Item[]> {
  return {
    says: "both together",
    merge: (organization, repository) => [...new Set([...organization, ...repository])],
    weakens: () => false,
  };
}

/** Neither value is stricter by itself, so the organization's stands. */
export function organization<Value>(): Rule<Value> {
  return {
    says: "the organization's",
    merge: (ours) => ours,
    weakens: (ours, theirs) => comparable(ours) !== comparable(theirs),
  };
}

/** Lists here name accounts, which have neither order nor case. */
function comparable(value: unknown): string {
  return JSON.stringify(
    Array.isArray(value) ? value.map((each) => String(each).toLowerCase()).toSorted() : value,
  );
}

/** It decides nothing: the repository may choose. */
export function repository<Value>(): Rule<Value> {
  return { says: "the repository's", merge: (_, theirs) => theirs, weakens: () => false };
}
