/**
 * How a repository's value compares with the organization's. `merge` is what comes into force, which is never weaker
 * than the organization's; `weakens` is true when the repository's value was ignored.
 */
export interface FloorRule<Value> {
  /** What comes into force if both files set the key, as a noun phrase for the reference. */
  readonly says: string;
  /**
   * What counts as the organization's value if its file exists and does not set the key. With `default` a repository
   * cannot go below the default without the organization's consent.
   */
  readonly silence: "default" | "repository";
  merge(organization: Value, repository: Value): Value;
  weakens(organization: Value, repository: Value): boolean;
}

/** The values from the most lenient to the strictest; the stricter of the two comes into force. */
export function strictest<const Value>(scale: readonly Value[]): FloorRule<Value> {
  const weaker = (organization: Value, repository: Value) =>
    scale.indexOf(repository) < scale.indexOf(organization);
  return {
    says: `the stricter value (${scale.join(" < ")})`,
    silence: "default",
    merge: (organization, repository) => (weaker(organization, repository) ? organization : repository),
    weakens: weaker,
  };
}

export const highest: FloorRule<number> = {
  says: "the higher number",
  silence: "default",
  merge: Math.max,
  weakens: (organization, repository) => repository < organization,
};

export const shortest: FloorRule<number> = {
  says: "the shorter time",
  silence: "default",
  merge: Math.min,
  weakens: (organization, repository) => repository > organization,
};

/** More is stricter, and a shorter list in the repository takes nothing away. */
export function union<Item>(): FloorRule<readonly Item[]> {
  return {
    says: "both lists combined",
    silence: "default",
    merge: (organization, repository) => [...new Set([...organization, ...repository])],
    weakens: () => false,
  };
}

/** Neither value is stricter by itself, so the organization's comes into force; without one, the default. */
export function organizationOrDefault<Value>(): FloorRule<Value> {
  return { ...organizationIfSet<Value>(), silence: "default" };
}

/** Neither value is stricter by itself, but each is at least as strict as the default. */
export function organizationIfSet<Value>(): FloorRule<Value> {
  return {
    says: "the organization's value",
    silence: "repository",
    merge: (organization) => organization,
    weakens: (organization, repository) => comparable(organization) !== comparable(repository),
  };
}

/** Lists here name accounts, which have neither order nor case. */
function comparable(value: unknown): string {
  const text = (each: unknown) => JSON.stringify(each).toLowerCase();
  return Array.isArray(value) ? text(value.map(text).toSorted()) : text(value);
}

/** What lowers the gate holds where both files want it, so without the organization's word there is none of it. */
export function ofBoth<Item>(keyOf: (item: Item) => string): FloorRule<readonly Item[]> {
  const among = (items: readonly Item[]) => new Set(items.map(keyOf));
  return {
    says: "the entries that both lists have",
    silence: "default",
    merge: (organization, repository) => {
      const allowed = among(organization);
      return repository.filter((item) => allowed.has(keyOf(item)));
    },
    weakens: (organization, repository) => {
      const allowed = among(organization);
      return repository.some((item) => !allowed.has(keyOf(item)));
    },
  };
}

/** It decides nothing, so the repository may choose. */
export function repositoryIfSet<Value>(): FloorRule<Value> {
  return {
    says: "the repository's value",
    silence: "repository",
    merge: (_, repository) => repository,
    weakens: () => false,
  };
}
