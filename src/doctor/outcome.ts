import type { Known } from "./known.ts";

/** What a rule found in one place, or in all of them. */
export type Outcome =
  | { readonly holds: "yes"; readonly where: readonly string[] }
  | { readonly holds: "no" | "unknown"; readonly where: readonly string[] };

export function yes(...where: readonly string[]): Outcome {
  return { holds: "yes", where };
}

export function no(...where: readonly string[]): Outcome {
  return { holds: "no", where };
}

/** `right` is what would tell. */
export function notKnown(where: string, right: string): Outcome {
  return { holds: "unknown", where: [`${where}: not visible; ${right} would tell`] };
}

/** Judges a fact that is known; one that is not makes the outcome unknown. */
export function judgeKnown<Value>(
  fact: Known<Value>,
  where: string,
  judge: (value: Value) => Outcome,
): Outcome {
  return "known" in fact ? judge(fact.known) : notKnown(where, fact.unknown);
}

const WORST = ["no", "unknown", "yes"] as const;

/** It holds where it holds everywhere; what stands in the way is named, and nothing else. */
export function everywhere(outcomes: readonly Outcome[]): Outcome {
  const holds = WORST.find((each) => outcomes.some((outcome) => outcome.holds === each)) ?? "yes";
  const where = outcomes.flatMap((outcome) => (outcome.holds === holds ? outcome.where : []));
  return { holds, where: [...new Set(where)] };
}

/** It holds where it holds in one of these; otherwise what is known of each is named. */
export function somewhere(outcomes: readonly Outcome[], otherwise: Outcome): Outcome {
  const found = outcomes.find(({ holds }) => holds === "yes");
  if (found !== undefined) return found;
  if (outcomes.length === 0) return otherwise;
  const holds = outcomes.some((outcome) => outcome.holds === "unknown") ? "unknown" : "no";
  return { holds, where: [...new Set(outcomes.flatMap(({ where }) => where))] };
}
