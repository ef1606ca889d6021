import { type OwnerRef, parseOwner } from "../../ownership/owner.ts";
import { BUILT_IN_AREAS } from "../../production/built-in.ts";
import { CONTROL_FILES } from "../../production/control-files.ts";
import type { Rule } from "../layers/floor.ts";
import type { Layer, Layers, Settlement } from "../layers/layer-merge.ts";
import type { AreaRule } from "../policy.ts";
import type { AreaConfig } from "./config.ts";
import { AREA_DEFAULTS } from "./defaults.ts";
import { builtInNames, STRICTNESS } from "./strictness.ts";

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
      paths: pathsOf(name, sides),
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
  const floor = floorOf(name, ours, builtIn);
  const paths = STRICTNESS["production.paths"].merge(floor, theirs.area?.paths ?? []);
  return paths.length > 0 ? paths : builtIn;
}

function floorOf(name: string, { area, layer }: Said, builtIn: readonly string[]): readonly string[] {
  if (name === CONTROL_FILES) return [...builtIn, ...(area?.paths ?? [])];
  if (area !== null) return area.paths ?? builtIn;
  return builtInNames(layer.config["built-in"] ?? false).includes(name) ? builtIn : [];
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
  const from = choose("from", STRICTNESS["production.from"], (area) => area.from) ?? AREA_DEFAULTS.from;
  const senior = choose("senior", STRICTNESS["production.senior"], (area) => area.senior);
  return {
    countersignatures:
      choose(
        "countersignatures",
        STRICTNESS["production.countersignatures"],
        (area) => area.countersignatures,
      ) ?? AREA_DEFAULTS.countersignatures,
    from: from === "owners" ? from : readOwners(from),
    senior: readOwners(senior ?? AREA_DEFAULTS.senior),
    appliesTo:
      choose("applies-to", STRICTNESS["production.applies-to"], (area) => area["applies-to"]) ??
      AREA_DEFAULTS["applies-to"],
    keep: choose("keep", STRICTNESS["production.keep"], (area) => area.keep) ?? AREA_DEFAULTS.keep,
  };
}

function originOf(name: string, { ours, theirs }: Sides): string {
  const written = [ours, theirs].filter(({ area }) => area !== null);
  const lines = written.map(({ index, layer: { file, positions } }) => {
    return `${file}:${positions.value(["production", index]).line}`;
  });
  const paths = [ours, theirs].some(({ area }) => area?.paths !== undefined);
  return [...(paths && name !== CONTROL_FILES ? [] : ["built-in"]), ...lines].join(", ");
}

/** Files are merged only when every owner in them can be read. */
export function readOwners(tokens: readonly string[]): readonly OwnerRef[] {
  return tokens.flatMap((token) => parseOwner(token) ?? []);
}
