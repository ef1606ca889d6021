import * as z from "zod";
import type { Asks } from "../../production/hazards/hazard.ts";
import { HAZARD_IDS } from "../../production/hazards/ids.ts";
import { type FloorRule, highest, strictest } from "../layers/floor.ts";
import type { LayerMerge, Setting, Sides } from "../layers/layer-merge.ts";
import { LIMITS } from "../limits.ts";
import { floorsOf, mergeEntries } from "./group.ts";
import { described, type Entry, key, shapeOf, type Written } from "./key.ts";

/** A rule that is off, with the reason; one that asks for a number of its own; one that asks for more or less. */
export type HazardRuleSetting = RuleOff | { readonly asks: Asks } | { readonly countersignatures: number };

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

/** `null` asks for what the rule asks for by itself. */
const ASKS_SCALE: readonly (Asks | null)[] = ["show", null, "block"];

const stricterAsks: FloorRule<Asks | null> = {
  ...strictest(ASKS_SCALE),
  says: "the stricter value (show < as the rule says < block)",
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
  asks: key({
    schema: z.enum(["block", "show"]),
    description:
      "`block`: what the rule finds needs a countersignature. `show`: it is shown beside its line, and nobody is asked.",
    default: { text: "as the rule says in `docs/hazards.md`", value: null },
    examples: ["block"],
    floor: stricterAsks,
    read: (asks): Asks | null => asks,
  }),
};

const rule = z
  .strictObject(shapeOf(RULE_KEYS))
  .meta({ description: "One of `off`, `countersignatures` and `asks`." });

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
    const { organization, repository } = settings;
    const named = HAZARD_IDS.filter((id) => isNamed(id, organization) || isNamed(id, repository));
    const found = named.flatMap((id) => {
      const setting = settingOf(id, settings, merge);
      return setting === null ? [] : [[id, setting] as const];
    });
    return new Map(found);
  },
};

/** From strict to lenient, whichever file says it: a number of signatures, `asks: block`, off, `asks: show`. */
function settingOf(
  id: string,
  { organization, repository }: Sides<Setting<RulesConfig>>,
  merge: LayerMerge,
): HazardRuleSetting | null {
  const sides = { organization: ofRule(id, organization), repository: ofRule(id, repository) };
  const { countersignatures, off, asks } = mergeEntries(RULE_KEYS, sides, merge);
  if (countersignatures > 0) return { countersignatures };
  if (asks === "block") return { asks };
  return off ?? (asks === null ? null : { asks });
}

function isNamed(id: string, { value = {} }: Setting<RulesConfig>): boolean {
  return Object.hasOwn(value, id);
}

function ofRule(id: string, { value = {}, path }: Setting<RulesConfig>): Setting<object> {
  return { value: Object.hasOwn(value, id) ? value[id] : undefined, path: [...path, id] };
}
