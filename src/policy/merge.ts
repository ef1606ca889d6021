import { CONFIG_KEYS, type ConfigFile } from "./keys/config.ts";
import { EVERY_AREA, type FreezeWindow } from "./keys/freeze.ts";
import { mergeEntries } from "./keys/group.ts";
import { type Layer, LayerMerge, type Sides } from "./layers/layer-merge.ts";
import type { Policy } from "./policy.ts";
import type { Problem } from "./problem.ts";
import { show } from "./show.ts";

/** A policy file, with what it says. */
export interface ConfigLayer extends Layer {
  readonly config: ConfigFile;
}

export interface Merged {
  readonly policy: Policy;
  /** One warning for each of the repository's values that would have weakened the organization's. */
  readonly problems: readonly Problem[];
}

/** The policy of the two files: the organization's is a floor, defaults fill the rest. */
export function mergeLayers(layers: Sides<ConfigLayer>): Merged {
  const merge = new LayerMerge(layers);
  const { organization, repository } = layers;
  const {
    version: _,
    builtIn,
    production,
    ...keys
  } = mergeEntries(
    CONFIG_KEYS,
    {
      organization: { value: organization.config, path: [] },
      repository: { value: repository.config, path: [] },
    },
    merge,
  );
  const areas = production(builtIn);
  const known = new Set(areas.map(({ name }) => name));
  const unknown = [...unknownFrozen(keys.freeze ?? [], known), ...unknownSigned(keys.passkey, known)];
  const passkey = inKnownAreas(keys.passkey, known);
  return { policy: { ...keys, passkey, areas }, problems: [...merge.problems, ...unknown] };
}

/** Which areas there are is known of both files together alone. */
function unknownFrozen(windows: readonly FreezeWindow[], known: ReadonlySet<string>): readonly Problem[] {
  return windows.flatMap(({ areas: named, origin }) =>
    named
      .filter((name) => name !== EVERY_AREA && !known.has(name))
      .map((name) => ({
        code: "config/unknown-area",
        severity: "warning" as const,
        message: `The freeze of ${origin} names ${show(name)}, which is no area, so it stops nothing there.`,
        remedy: `Write the name of an area, or ${EVERY_AREA}.`,
      })),
  );
}

/** A misspelt area must not be signed for without a passkey. */
function inKnownAreas(passkey: Policy["passkey"], known: ReadonlySet<string>): Policy["passkey"] {
  return unknownSigned(passkey, known).length === 0 ? passkey : { ...passkey, areas: "all" };
}

function unknownSigned({ areas }: Policy["passkey"], known: ReadonlySet<string>): readonly Problem[] {
  if (areas === "all") return [];
  return areas
    .filter((name) => !known.has(name))
    .map((name) => ({
      code: "config/unknown-area",
      severity: "warning" as const,
      message: `"passkey" names ${show(name)}, which is no area, so a passkey is needed in every area.`,
      remedy: "Write the name of an area, or production for all of them.",
    }));
}

const SILENT: ConfigLayer = {
  file: "built-in",
  exists: false,
  config: {},
  positions: { key: () => ({ line: 1, column: 1 }), value: () => ({ line: 1, column: 1 }) },
};

/** The policy in force if there is no file at all. */
export const DEFAULT_POLICY: Policy = mergeLayers({ organization: SILENT, repository: SILENT }).policy;
