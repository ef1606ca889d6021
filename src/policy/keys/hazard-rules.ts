import { HAZARD_IDS } from "../../production/hazards/ids.ts";
import type { Layer, Layers, Settlement, Written } from "../layers/layer-merge.ts";
import type { HazardKindRule, HazardPolicy, HazardRuleSetting } from "../policy.ts";
import { readOwners } from "./areas.ts";
import type { HazardsConfig } from "./config.ts";
import { HAZARD_DEFAULTS } from "./defaults.ts";
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

/** A number asked for is stricter than a rule that is off, whichever file says it. */
function settingOf(id: string, layers: Layers, settlement: Settlement): HazardRuleSetting | null {
  const { organization, repository } = layers;
  const path = ["hazards", "rules", id];
  const said = ({ config: { hazards } }: Layer) => ruleOf(hazards, id);
  const countersignatures = settlement.settle(
    STRICTNESS["hazards.rules.countersignatures"],
    [...path, "countersignatures"],
    ({ hazards }) => ruleOf(hazards, id)?.countersignatures,
  );
  const theirs = { value: said(repository)?.off, path: [...path, "off"] };
  const off = settlement.choose(STRICTNESS["hazards.rules.off"], floorOf(organization, id), theirs);
  if (countersignatures !== undefined) return { countersignatures };
  if (typeof off !== "string") return null;
  const layer = said(organization)?.off === undefined ? repository : organization;
  return { off: off.trim(), origin: place(layer, path) };
}

function floorOf({ config: { hazards } }: Layer, id: string): Written<string | HazardsConfig> {
  const off = ruleOf(hazards, id)?.off;
  return off === undefined
    ? { value: hazards, path: ["hazards"] }
    : { value: off, path: ["hazards", "rules", id, "off"] };
}

function ruleOf(hazards: HazardsConfig | undefined, id: string) {
  const rules = hazards?.rules ?? {};
  return Object.hasOwn(rules, id) ? rules[id] : undefined;
}

function place({ file, positions }: Layer, path: readonly string[]): string {
  return `${file}:${positions.key(path).line}`;
}
