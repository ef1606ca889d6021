import { HAZARD_IDS } from "../production/hazards/ids.ts";
import { readOwners } from "./areas.ts";
import { HAZARD_DEFAULTS } from "./defaults.ts";
import type { HazardKindRule, HazardPolicy, HazardRuleSetting } from "./policy.ts";
import type { HazardsConfig } from "./schema.ts";
import type { Layer, Layers, Settlement, Written } from "./settle.ts";
import { STRICTNESS } from "./strictness.ts";

/** What hazards need, by the two files. */
export function mergeHazards(layers: Layers, settlement: Settlement): HazardPolicy {
  const rules = HAZARD_IDS.flatMap((id) => {
    const setting = settingOf(id, layers, settlement);
    return setting === null ? [] : [[id, setting] as const];
  });
  return {
    destructive: kindRule("destructive", layers, settlement),
    widening: kindRule("widening", layers, settlement),
    rules: new Map(rules),
  };
}

function kindRule(
  kind: "destructive" | "widening",
  { organization, repository }: Layers,
  settlement: Settlement,
): HazardKindRule {
  const path = ["hazards", kind];
  const count = settlement.settle(
    STRICTNESS["hazards.countersignatures"],
    [...path, "countersignatures"],
    ({ hazards }) => hazards?.[kind]?.countersignatures,
  );
  const senior = settlement.settle(
    STRICTNESS["hazards.senior"],
    [...path, "senior"],
    ({ hazards }) => hazards?.[kind]?.senior,
  );
  const appliesTo = settlement.settle(
    STRICTNESS["hazards.applies-to"],
    [...path, "applies-to"],
    ({ hazards }) => hazards?.[kind]?.["applies-to"],
  );
  const written = [organization, repository].filter(({ config }) => config.hazards?.[kind] !== undefined);
  return {
    countersignatures: count ?? HAZARD_DEFAULTS.countersignatures,
    senior: readOwners(senior ?? HAZARD_DEFAULTS.senior),
    appliesTo: appliesTo ?? HAZARD_DEFAULTS["applies-to"],
    origin: written.length === 0 ? "built-in" : written.map((layer) => place(layer, path)).join(", "),
  };
}

/** From strict to lenient, whichever file says it: a number of signatures, `asks: block`, off, `asks: show`. */
function settingOf(id: string, layers: Layers, settlement: Settlement): HazardRuleSetting | null {
  const { organization, repository } = layers;
  const path = ["hazards", "rules", id];
  const said = ({ config: { hazards } }: Layer) => ruleOf(hazards, id);
  const countersignatures = settlement.settle(
    STRICTNESS["hazards.rules.countersignatures"],
    [...path, "countersignatures"],
    ({ hazards }) => ruleOf(hazards, id)?.countersignatures,
  );
  const off = settlement.choose(STRICTNESS["hazards.rules.off"], floorOf(organization, id, "off"), {
    value: said(repository)?.off,
    path: [...path, "off"],
  });
  const asks = settlement.choose(STRICTNESS["hazards.rules.asks"], floorOf(organization, id, "asks"), {
    value: said(repository)?.asks,
    path: [...path, "asks"],
  });
  if (countersignatures !== undefined) return { countersignatures };
  if (asks === "block") return { asks };
  if (typeof off !== "string") return asks === "show" ? { asks } : null;
  const layer = said(organization)?.off === undefined ? repository : organization;
  return { off: off.trim(), origin: place(layer, path) };
}

type RuleConfig = NonNullable<HazardsConfig["rules"]>[string];

function floorOf<Key extends "off" | "asks">(
  { config: { hazards } }: Layer,
  id: string,
  key: Key,
): Written<RuleConfig[Key] | HazardsConfig> {
  const value = ruleOf(hazards, id)?.[key];
  return value === undefined
    ? { value: hazards, path: ["hazards"] }
    : { value, path: ["hazards", "rules", id, key] };
}

function ruleOf(hazards: HazardsConfig | undefined, id: string) {
  const rules = hazards?.rules ?? {};
  return Object.hasOwn(rules, id) ? rules[id] : undefined;
}

function place({ file, positions }: Layer, path: readonly string[]): string {
  return `${file}:${positions.key(path).line}`;
}
