import { touchedAreas } from "../../production/touched.ts";
import { BUILT_IN_NAMES } from "../keys/built-in.ts";
import type { ConfigFile } from "../keys/config.ts";
import { show } from "../show.ts";
import { isSlipOf } from "./suggest.ts";
import type { Finding } from "./validate-schema.ts";

/** What a valid config may be but probably is not meant to be. */
export function remarksOn({ production = [] }: ConfigFile): readonly Finding[] {
  return production.flatMap(({ name }, index) => {
    const meant = BUILT_IN_NAMES.find((builtIn) => isSlipOf(name, builtIn));
    if (meant === undefined) return [];
    return [
      {
        code: "config/similar-area",
        severity: "warning",
        path: ["production", index, "name"],
        at: "value",
        message: `The area ${show(name)} is not the built-in area ${show(meant)}, which keeps its own rule.`,
        remedy: `Write ${show(meant)} if you mean the built-in area; otherwise choose a name that is less similar.`,
      },
    ];
  });
}

/** The areas that no file of the repository is in. */
export function areasWithoutFiles(
  { production = [] }: ConfigFile,
  files: readonly string[],
): readonly Finding[] {
  const areas = production.map(({ name, paths = [] }) => ({ name, paths }));
  const touched = touchedAreas(
    areas,
    files.map((path) => ({ path })),
  );
  const found = new Set(touched.map(({ name }) => name));
  return areas.flatMap(({ name, paths }, index) => {
    if (paths.length === 0 || found.has(name)) return [];
    return [
      {
        code: "config/empty-area",
        severity: "warning",
        path: ["production", index, "paths"],
        at: "value",
        message: `The area ${show(name)} matches no file of the repository.`,
        remedy:
          "Check the patterns: /infra/ is a folder at the root, *.tf a name at any depth, and case counts.",
      },
    ];
  });
}
