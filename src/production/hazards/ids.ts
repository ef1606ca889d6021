import { SYSTEMS } from "./rule-sets.ts";

/** The ids of all rules, in the order of the reference page. */
export const HAZARD_IDS: readonly string[] = SYSTEMS.flatMap(({ rules }) => rules.map(({ id }) => id));
