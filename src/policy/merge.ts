import { CONFIG_KEYS, type ConfigFile } from "./keys/config.ts";
import { mergeEntries } from "./keys/group.ts";
import { type Layer, LayerMerge, type Sides } from "./layers/layer-merge.ts";
import type { Policy } from "./policy.ts";
import type { Problem } from "./problem.ts";

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
  return { policy: { ...keys, areas: production(builtIn) }, problems: merge.problems };
}

const SILENT: ConfigLayer = {
  file: "built-in",
  exists: false,
  config: {},
  positions: { key: () => ({ line: 1, column: 1 }), value: () => ({ line: 1, column: 1 }) },
};

/** The policy in force if there is no file at all. */
export const DEFAULT_POLICY: Policy = mergeLayers({ organization: SILENT, repository: SILENT }).policy;
