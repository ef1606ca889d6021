import * as z from "zod";
import { BUILT_IN_AREAS } from "../../production/built-in.ts";
import { CONTROL_FILES } from "../../production/control-files.ts";
import type { LayerMerge, Setting, Sides } from "../layers/layer-merge.ts";
import { LIMITS } from "../limits.ts";
import { showPath } from "../show.ts";
import { AREA_FLOORS, type AreaConfig, type AreaRule, area, mergeArea } from "./area.ts";
import type { BuiltInChoice } from "./built-in.ts";
import { described, type Entry } from "./key.ts";

const schema = described({
  schema: z.array(area).max(LIMITS.areas),
  description: "The production areas, each with its paths and what it requires.",
  default: { written: [] },
  examples: [[{ name: "billing", paths: ["/services/billing/"], countersignatures: 2 }]],
}).exactOptional();

type Areas = Sides<Setting<readonly AreaConfig[]>>;

/** Areas are matched by their names. Which others are built in is another key, so it is given later. */
export const production: Entry<typeof schema, (builtIn: BuiltInChoice) => readonly AreaRule[]> = {
  schema,
  floors: AREA_FLOORS,
  merge: (areas, merge) => (builtIn) => mergeAreas(areas, builtIn, merge),
};

/** Every area in force: the organization's, the repository's, the built-in ones left over, control files. */
function mergeAreas(areas: Areas, builtIn: BuiltInChoice, merge: LayerMerge): readonly AreaRule[] {
  const written = [areas.organization, areas.repository].flatMap(({ value = [] }) => value);
  const names = new Set([...written.map(({ name }) => name), ...builtIn.names]);
  names.delete(CONTROL_FILES);
  return [...names, CONTROL_FILES].map((name) => {
    const settings = {
      organization: find(name, areas.organization),
      repository: find(name, areas.repository),
    };
    const rule = mergeArea(name, settings, merge);
    const mode = modeOf(rule, settings, merge);
    return { ...rule, mode, paths: withBuiltIn(rule, settings.organization.value, builtIn) };
  });
}

/** The organization's consent to observe is for the paths that it knows: what a repository adds would escape by it. */
function modeOf(
  { name, mode }: AreaRule,
  { organization, repository: { value, path } }: Sides<Setting<AreaConfig>>,
  merge: LayerMerge,
): AreaRule["mode"] {
  const known = organization.value?.paths ?? [];
  const isWithin = value?.paths?.every((pattern) => known.includes(pattern)) ?? true;
  if (!merge.hasFloor || mode === "enforce" || isWithin) return mode;
  merge.warn([...path, "paths"], {
    message: `${showPath([...path, "paths"])} adds to "${name}", which the organization lets observe, so it is enforced here.`,
    remedy: "Give these paths an area of their own, or have the organization's file name them.",
  });
  return "enforce";
}

function find(name: string, { value = [], path }: Setting<readonly AreaConfig[]>): Setting<AreaConfig> {
  const index = value.findIndex((each) => each.name === name);
  return { value: value[index], path: [...path, index] };
}

/**
 * A file's own paths replace a built-in area's, but the repository's only add to what the organization names or
 * keeps, and nothing is ever taken from the control files.
 */
function withBuiltIn(
  { name, paths }: AreaRule,
  organization: AreaConfig | undefined,
  { kept }: BuiltInChoice,
): readonly string[] {
  const own = BUILT_IN_AREAS.find((each) => each.name === name)?.paths ?? [];
  const leaves = organization?.paths === undefined && (organization !== undefined || kept.includes(name));
  if (name === CONTROL_FILES || leaves) return [...new Set([...own, ...paths])];
  return paths.length > 0 ? paths : own;
}
