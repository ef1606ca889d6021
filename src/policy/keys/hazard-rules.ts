import * as z from "zod";
import { HAZARD_IDS } from "../../production/hazards/ids.ts";
import { type FloorRule, highest } from "../layers/floor.ts";
import type { LayerMerge, Setting, Sides } from "../layers/layer-merge.ts";
import { LIMITS } from "../limits.ts";
import { floorsOf, mergeEntries } from "./group.ts";
import { described, type Entry, key, shapeOf, type Written } from "./key.ts";

/** A rule that is off, with the reason, or one that asks for a number of its own. */
export type HazardRuleSetting = RuleOff | { readonly countersignatures: number };

interface RuleOff {
  readonly off: string;
  readonly origin: string;
}

/** `null` is a rule that is on. */
const organizationSwitches: FloorRule<RuleOff | null> = {
  says: "the organization's value",
  silence: "default",
  merge: (organization) => organization,
  weakens: (organization) => organization === null,
};

const RULE_KEYS = {
  off: key({
    schema: z.string().min(1).max(LIMITS.reasonLength),
    title: `the reason, as text of up to ${LIMITS.reasonLength} characters`,
    description: "Disables the rule. The check shows this reason next to the findings it ignores.",
    default: { text: "the rule is enabled", value: null },
    examples: ["Nightly jobs rebuild these tables from the warehouse."],
    floor: organizationSwitches,
    read: (reason, origin): RuleOff | null => ({ off: reason.trim(), origin: origin([]) }),
  }),
  countersignatures: key({
    schema: z.int().min(1).max(LIMITS.countersignatures),
    description: "How many different owners of the file must countersign.",
    default: { text: "that of its kind (`destructive` or `widening`)", value: 0 },
    examples: [2],
    floor: highest,
    read: (count) => count,
  }),
};

const rule = z.strictObject(shapeOf(RULE_KEYS)).meta({ description: "Either `off` or `countersignatures`." });

const schema = described({
  schema: z.record(z.string(), rule),
  title: "a mapping from hazard rule ids to settings",
  description: "Settings for individual rules, by the ids listed in `docs/hazards.md`.",
  default: { text: "every rule is enabled, with the settings of its kind", value: null },
  examples: [{ "files/many-removed": { countersignatures: 2 } }],
})
  .meta({ propertyNames: { enum: [...HAZARD_IDS] } })
  .exactOptional();

type RulesConfig = Written<typeof schema>;

/** What is different for single rules, by their ids. */
export const rules: Entry<typeof schema, ReadonlyMap<string, HazardRuleSetting>> = {
  schema,
  floors: floorsOf(RULE_KEYS),
  merge(settings, merge) {
    const found = HAZARD_IDS.flatMap((id) => {
      const setting = settingOf(id, settings, merge);
      return setting === null ? [] : [[id, setting] as const];
    });
    return new Map(found);
  },
};

/** A number asked for is stricter than a rule that is off, whichever file says it. */
function settingOf(
  id: string,
  { organization, repository }: Sides<Setting<RulesConfig>>,
  merge: LayerMerge,
): HazardRuleSetting | null {
  const sides = { organization: ofRule(id, organization), repository: ofRule(id, repository) };
  const { countersignatures, off } = mergeEntries(RULE_KEYS, sides, merge);
  return countersignatures > 0 ? { countersignatures } : off;
}

function ofRule(id: string, { value = {}, path }: Setting<RulesConfig>): Setting<object> {
  return { value: Object.hasOwn(value, id) ? value[id] : undefined, path: [...path, id] };
}
