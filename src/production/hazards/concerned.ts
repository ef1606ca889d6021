import type { ChangedPart, Notation } from "./reading/part.ts";
import { formerly, type Parts } from "./reading/parts.ts";
import { indexOf } from "./reading/tree-index.ts";
import type { Rule } from "./rule.ts";

/** What a rule finds nothing without: a part of one of these types, or with one of these keys on either side. */
export interface Concerns {
  readonly types: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
  /** Of a new part, what it was elsewhere counts too. */
  readonly formerly?: true;
}

type ByName = ReadonlyMap<string, readonly Rule[]>;

interface Lookup {
  readonly byType: ByName;
  readonly byKey: ByName;
  readonly asksFormer: boolean;
}

/**
 * The parts that each rule has to look at, in their order: hundreds of rules meet thousands of parts, and most of them
 * say of which few they find anything. Rules that do not say it are left out.
 */
export class Concerned {
  readonly #lookups: ReadonlyMap<Notation, Lookup>;

  constructor(rules: readonly Rule[]) {
    const notations = new Set(rules.flatMap(({ parts }) => (parts?.concerns ? parts.of : [])));
    this.#lookups = new Map([...notations].map((notation) => [notation, lookupOf(notation, rules)]));
  }

  partsByRule(
    changed: ReadonlyMap<Notation, readonly ChangedPart[]>,
    all: Parts,
  ): ReadonlyMap<Rule, readonly ChangedPart[]> {
    const found = new Map<Rule, ChangedPart[]>();
    for (const [notation, lookup] of this.#lookups)
      for (const part of changed.get(notation) ?? [])
        for (const rule of rulesFor(part, lookup, all)) {
          const own = found.get(rule);
          if (own === undefined) found.set(rule, [part]);
          else own.push(part);
        }
    return found;
  }
}

function lookupOf(notation: Notation, rules: readonly Rule[]): Lookup {
  const own = rules.filter(({ parts }) => parts?.of.includes(notation));
  return {
    byType: byName(own, ({ types }) => types),
    byKey: byName(own, ({ keys }) => keys),
    asksFormer: own.some(({ parts }) => parts?.concerns?.formerly === true),
  };
}

function byName(rules: readonly Rule[], namesOf: (concerns: Concerns) => ReadonlySet<string>): ByName {
  const pairs = rules.flatMap((rule) => {
    const concerns = rule.parts?.concerns;
    return concerns === undefined ? [] : Array.from(namesOf(concerns), (name) => ({ name, rule }));
  });
  const groups = Map.groupBy(pairs, ({ name }) => name);
  return new Map([...groups].map(([name, own]) => [name, own.map(({ rule }) => rule)]));
}

const NONE: ReadonlySet<Rule> = new Set();

function rulesFor(part: ChangedPart, { byType, byKey, asksFormer }: Lookup, all: Parts): ReadonlySet<Rule> {
  let found: Set<Rule> | undefined;
  const add = (rules: readonly Rule[] | undefined) => {
    if (rules === undefined) return;
    found ??= new Set();
    for (const rule of rules) found.add(rule);
  };
  add(byType.get(part.type));
  const before = asksFormer && part.after !== undefined ? formerly(part, all) : part.before;
  if (byKey.size > 0)
    for (const side of [part.after, before])
      if (side !== undefined) for (const key of indexOf(side).keys()) add(byKey.get(key));
  return found ?? NONE;
}
