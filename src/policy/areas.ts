import { type OwnerRef, parseOwner } from "../ownership/owner.ts";
import { BUILT_IN_AREAS } from "../production/built-in.ts";
import { CONTROL_FILES } from "../production/control-files.ts";
import { AREA_DEFAULTS } from "./defaults.ts";
import type { Rule } from "./floor.ts";
import type { AreaRule } from "./policy.ts";
import type { AreaConfig } from "./schema.ts";
import type { Layer, Layers, Settlement } from "./settle.ts";
import { AREA_STRICTNESS, builtInNames, STRICTNESS } from "./strictness.ts";

/** Every area in force: the organization's, the repository's, the built-in ones left over, control files. */
export function mergeAreas(layers: Layers, settlement: Settlement): readonly AreaRule[] {
  const { organization, repository } = layers;
  const builtIn = settlement.settle(STRICTNESS["built-in"], ["built-in"], (config) => config["built-in"]);
  const written = [organization, repository].flatMap(({ config }) => config.production ?? []);
  const names = new Set([...written.map(({ name }) => name), ...builtInNames(builtIn ?? true)]);
  names.delete(CONTROL_FILES);
  return [...names, CONTROL_FILES].map((name) => {
    const sides = { ours: find(name, organization), theirs: find(name, repository) };
    return {
      name,
      paths: [...new Set(pathsOf(name, sides))],
      ...ruleOf(sides, settlement),
      origin: originOf(name, sides),
    };
  });
}

/** What one file says of an area; `null` when it says nothing. */
interface Said {
  readonly area: AreaConfig | null;
  readonly index: number;
  readonly layer: Layer;
}

interface Sides {
  readonly ours: Said;
  readonly theirs: Said;
}

function find(name: string, layer: Layer): Said {
  const areas = layer.config.production ?? [];
  const index = areas.findIndex((area) => area.name === name);
  return { area: areas[index] ?? null, index, layer };
}

/**
 * A file's own paths replace a built-in area's, but the repository's only add to what the organization names or
 * keeps, and nothing is ever taken from the control files.
 */
function pathsOf(name: string, { ours, theirs }: Sides): readonly string[] {
  const builtIn = BUILT_IN_AREAS.find((area) => area.name === name)?.paths ?? [];
  const added = theirs.area?.paths ?? [];
  if (name === CONTROL_FILES) return [...builtIn, ...(ours.area?.paths ?? []), ...added];
  if (ours.area !== null) return [...(ours.area.paths ?? builtIn), ...added];
  if (builtInNames(ours.layer.config["built-in"] ?? false).includes(name)) return [...builtIn, ...added];
  return added.length > 0 ? added : builtIn;
}

type RuleKey = keyof typeof AREA_DEFAULTS;

function ruleOf({ ours, theirs }: Sides, settlement: Settlement) {
  const choose = <Value>(key: RuleKey, rule: Rule<Value>, read: (area: AreaConfig) => Value | undefined) => {
    const written = ({ area, index }: Said) => ({
      value: area === null ? undefined : read(area),
      path: ["production", index, key],
    });
    return settlement.choose(rule, written(ours), written(theirs));
  };
  const { countersignatures, from, senior, keep } = AREA_STRICTNESS;
  const list = choose("from", from, (area) => area.from) ?? AREA_DEFAULTS.from;
  return {
    countersignatures:
      choose("countersignatures", countersignatures, (area) => area.countersignatures) ??
      AREA_DEFAULTS.countersignatures,
    from: list === "owners" ? list : readOwners(list),
    senior: readOwners(choose("senior", senior, (area) => area.senior) ?? AREA_DEFAULTS.senior),
    appliesTo:
      choose("applies-to", AREA_STRICTNESS["applies-to"], (area) => area["applies-to"]) ??
      AREA_DEFAULTS["applies-to"],
    keep: choose("keep", keep, (area) => area.keep) ?? AREA_DEFAULTS.keep,
  };
}

function originOf(name: string, { ours, theirs }: Sides): string {
  const written = [ours, theirs].filter(({ area }) => area !== null);
  const lines = written.map(({ index, layer: { file, positions } }) => {
    return `${file}:${positions.value(["production", index]).line}`;
  });
  const paths = written.some(({ area }) => area?.paths !== undefined);
  return [...(paths && name !== CONTROL_FILES ? [] : ["built-in"]), ...lines].join(", ");
}

/** Files are merged only when every owner in them can be read. */
export function readOwners(tokens: readonly string[]): readonly OwnerRef[] {
  return tokens.map(parseOwner).filter((owner) => owner !== null);
}
