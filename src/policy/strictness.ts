import type { Asks } from "../production/hazards/hazard.ts";
import type { Tool } from "../provenance/tool.ts";
import { highest, organization, type Rule, repository, strictest, union } from "./floor.ts";
import type { AreaConfig, ConfigFile, HazardsConfig } from "./schema.ts";
import { BUILT_IN_NAMES } from "./schema-area.ts";

type Detect = NonNullable<ConfigFile["detect"]>;
type Review = NonNullable<ConfigFile["review"]>;
type KindConfig = NonNullable<HazardsConfig["destructive"]>;
type BuiltInChoice = NonNullable<ConfigFile["built-in"]>;

/** The area names that a value of `built-in` selects. */
export function builtInNames(choice: BuiltInChoice): readonly string[] {
  if (typeof choice !== "boolean") return choice;
  return choice ? BUILT_IN_NAMES : [];
}

/** An area that the organization keeps cannot be turned off. */
const builtIn: Rule<BuiltInChoice> = {
  says: "every area that either file keeps",
  merge: (ours, theirs) =>
    BUILT_IN_NAMES.filter((name) => [...builtInNames(ours), ...builtInNames(theirs)].includes(name)),
  weakens: (ours, theirs) => builtInNames(ours).some((name) => !builtInNames(theirs).includes(name)),
};

/** If the organization's file has a `hazards` key, only that file can disable rules. */
const ruleOff: Rule<string | HazardsConfig> = {
  says: "the organization's value if its file has a `hazards` key, otherwise the repository's",
  merge: (ours) => ours,
  weakens: (ours) => typeof ours !== "string",
};

/** Every file may ask for more; for less only where the organization keeps no rules. */
const ruleAsks: Rule<Asks | HazardsConfig> = {
  says: "`block` where either says it; `show` only where the organization's file says nothing else under `hazards`",
  merge: (ours, theirs) => (theirs === "block" ? theirs : ours),
  weakens: (ours, theirs) => theirs === "show" && ours !== "show",
};

/**
 * For each key, by its path, how the organization's file acts as a floor for the repository's. Scales run from lenient
 * to strict.
 */
export const STRICTNESS = {
  mode: strictest<NonNullable<ConfigFile["mode"]>>(["observe", "enforce"]),
  branches: union<string>(),
  "detect.undeclared": strictest<NonNullable<Detect["undeclared"]>>(["human", "ai"]),
  "detect.weak-pairs": strictest([false, true]),
  "detect.agents": union<string>(),
  "detect.not-ai": organization<readonly string[]>(),
  "detect.signals": union<Tool>(),
  labels: repository<string | false>(),
  comment: repository<boolean>(),
  "review.block": strictest([false, true]),
  "review.suggestions": strictest<NonNullable<Review["suggestions"]>>(["ignored", "contributor"]),
  "built-in": builtIn,
  "production.paths": union<string>(),
  "production.countersignatures": highest,
  "production.from": organization<NonNullable<AreaConfig["from"]>>(),
  "production.senior": organization<readonly string[]>(),
  "production.applies-to": strictest<NonNullable<AreaConfig["applies-to"]>>(["ai", "everyone"]),
  "production.keep": strictest<NonNullable<AreaConfig["keep"]>>(["untouched", "never"]),
  "hazards.countersignatures": highest,
  "hazards.senior": organization<readonly string[]>(),
  "hazards.applies-to": strictest<NonNullable<KindConfig["applies-to"]>>(["ai", "everyone"]),
  "hazards.rules.countersignatures": highest,
  "hazards.rules.off": ruleOff,
  "hazards.rules.asks": ruleAsks,
  unowned: organization<readonly string[]>(),
} as const;
