import type { System } from "./rule.ts";
import { TERRAFORM } from "./systems/terraform.ts";

/** In the order of the reference page. */
export const SYSTEMS: readonly System[] = [TERRAFORM];
