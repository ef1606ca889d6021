/**
 * How two values are combined when both files set a key. `merge` gives the effective value, which is never weaker than
 * the organization's; `weakens` is true when the repository's value was ignored.
 */
export interface Rule<Value> {
  /** The effective value, as a noun phrase for the reference. */
  readonly says: string;
  merge(organization: Value, repository: Value): Value;
  weakens(organization: Value, repository: Value): boolean;
}

/** Lists the values from the most lenient to the strictest; the stricter of the two wins. */
export function strictest<Value>(scale: readonly Value[]): Rule<Value> {
  const weaker = (organization: Value, repository: Value) =>
    scale.indexOf(repository) < scale.indexOf(organization);
  return {
    says: `the stricter value (${scale.join(" < ")})`,
    merge: (organization, repository) => (weaker(organization, repository) ? organization : repository),
    weakens: weaker,
  };
}

export const highest: Rule<number> = {
  says: "the higher number",
  merge: Math.max,
  weakens: (organization, repository) => repository < organization,
};

/** More entries are stricter, so a shorter list in the repository removes nothing. */
export function union<Item>(): Rule<readonly Item[]> {
  return {
    says: "both lists combined",
    merge: (organization, repository) => [...new Set([...organization, ...repository])],
    weakens: () => false,
  };
}

/** Neither value is stricter than the other, so the organization's wins. */
export function organization<Value>(): Rule<Value> {
  return {
    says: "the organization's",
    merge: (ours) => ours,
    weakens: (ours, theirs) => comparable(ours) !== comparable(theirs),
  };
}

/** These lists name accounts: order and case do not matter. */
function comparable(value: unknown): string {
  return JSON.stringify(
    Array.isArray(value) ? value.map((each) => String(each).toLowerCase()).toSorted() : value,
  );
}

/** For keys that do not affect the verdict: the repository may choose. */
export function repository<Value>(): Rule<Value> {
  return { says: "the repository's", merge: (_, theirs) => theirs, weakens: () => false };
}
