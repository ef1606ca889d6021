import { RULE_SETS } from "./rule-sets.ts";

/** The ids of all rules, in the order of the reference page. */
export const HAZARD_IDS: readonly string[] = RULE_SETS.flatMap(({ rules }) => rules.map(({ id }) => id));
