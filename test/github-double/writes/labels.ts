import type { Account, Pull } from "../world/model.ts";
import { Refused } from "../world/refused.ts";
import type { World } from "../world/world.ts";

const MAX_LABELS = 100;

/** Adds labels by name; one the repository lacks is made. */
export function addLabels(
  world: World,
  pull: Pull,
  { names, by }: { readonly names: readonly string[]; readonly by: Account },
): void {
  const all = new Set([...[...pull.labels].map((each) => each.name), ...names]);
  if (all.size > MAX_LABELS) throw new Refused(422, "Validation Failed");
  for (const name of names) world.label(pull, name, by);
}
