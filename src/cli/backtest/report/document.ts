import { byArea, byOwners, figuresOf } from "../../../backtest/figures.ts";
import { mostTelling } from "../../../backtest/telling.ts";
import type { Backtest, Tested } from "../tested.ts";

/** What `backtest --json` prints. Durations are in milliseconds; what cannot be known is `unknown` or `null`. */
export function documentOf({ policies, ...tested }: Backtest): object {
  return { version: 1, ...tested, policies: policies.map(policyDocument) };
}

function policyDocument({ name, title, warnings, replayed }: Tested) {
  return {
    name,
    title,
    warnings,
    figures: figuresOf(replayed),
    owners: byOwners(replayed),
    areas: byArea(replayed),
    mostTelling: mostTelling(replayed).map(({ pull }) => pull.number),
    pulls: replayed,
  };
}
