import { at, oneOrMore, placesIn, type Tree, textOf } from "../../reading/tree.ts";

/** Something that says after how many days things are deleted. */
export interface Expiry {
  readonly days: number;
  readonly line: number;
}

const DAYS: Readonly<Record<string, number>> = {
  d: 1,
  h: 1 / 24,
  m: 1 / 1440,
  s: 1 / 86_400,
  ms: 1 / 86_400_000,
};

/** `30d`, as Elasticsearch writes the age at which an index goes. */
export function* ofAge(value: Tree | undefined): Generator<Expiry> {
  const [, count, unit = ""] = /^(\d{1,9})(d|h|ms|m|s)$/.exec(textOf(value)) ?? [];
  if (count !== undefined && value !== undefined)
    yield { days: Number(count) * (DAYS[unit] ?? 1), line: value.line };
}

/** The states of a policy of OpenSearch that delete, by the ages at which an index comes to them. */
export function* ofStates(states: Tree): Generator<Expiry> {
  const deleting = new Set(
    oneOrMore(states)
      .filter((state) => oneOrMore(at(state, "actions")).some((action) => at(action, "delete") !== undefined))
      .map((state) => textOf(at(state, "name"))),
  );
  for (const transition of oneOrMore(states).flatMap((state) => oneOrMore(at(state, "transitions"))))
    if (deleting.has(textOf(at(transition, "state_name"))))
      yield* ofAge(
        at(transition, "conditions", "min_index_age") ?? at(transition, "conditions", "min_rollover_age"),
      );
}

/** The phase of Elasticsearch that deletes; without an age it does so at once. */
function* ofPhase(phase: Tree): Generator<Expiry> {
  const age = at(phase, "min_age");
  if (at(phase, "actions", "delete") === undefined) return;
  if (age === undefined) yield { days: 0, line: phase.line };
  else yield* ofAge(age);
}

const UNITS: Readonly<Record<string, number>> = { hours: 1 / 24, days: 1, weeks: 7, months: 30, years: 365 };

/** What Curator deletes, by the filters of its action. */
function* ofCurator(action: Tree): Generator<Expiry> {
  for (const filter of oneOrMore(at(action, "filters"))) {
    const count = at(filter, "unit_count");
    const days = Number(textOf(count) || Number.NaN) * (UNITS[textOf(at(filter, "unit"))] ?? Number.NaN);
    if (!Number.isNaN(days)) yield { days, line: count?.line ?? filter.line };
  }
}

/** By the manuals of OpenSearch (ISM), Elasticsearch (ILM, data streams) and Curator. */
export function* indexAgesIn(tree: Tree): Generator<Expiry> {
  for (const { key, value, path, within } of placesIn(tree)) {
    if (key === "states") yield* ofStates(value);
    if (key === "delete" && path.at(-2) === "phases") yield* ofPhase(value);
    if (key === "data_retention") yield* ofAge(value);
    if (key === "action" && textOf(value) === "delete_indices") yield* ofCurator(within);
  }
}

export function isPolicy(text: string | null | undefined): boolean {
  return (
    typeof text === "string" &&
    /min_index_age|min_rollover_age|\bphases\b|data_retention|delete_indices/.test(text)
  );
}
