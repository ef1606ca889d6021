import type { AreaRule } from "./keys/area.ts";
import type { CONFIG_KEYS } from "./keys/config.ts";
import type { InForce } from "./keys/group.ts";

export type { AreaRule } from "./keys/area.ts";
export type { HazardRuleSetting } from "./keys/hazard-rules.ts";
export type { HazardKindRule } from "./keys/hazards.ts";

type Keys = InForce<typeof CONFIG_KEYS>;

/**
 * The policy in force: built-in defaults, the organization's floor and the repository's file, merged. What each field
 * means is at its key in `keys/`.
 */
export interface Policy extends Omit<Keys, "version" | "builtIn" | "production"> {
  /** Every area in force, built-in ones included, control files last. */
  readonly areas: readonly AreaRule[];
}

export type HazardPolicy = Policy["hazards"];
