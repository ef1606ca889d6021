import { lookalikeLetterIn } from "../../ownership/lookalike.ts";
import { touchedAreas } from "../../production/touched.ts";
import { BUILT_IN_NAMES } from "../keys/built-in.ts";
import type { ConfigFile } from "../keys/config.ts";
import { show, showPath } from "../show.ts";
import { isSlipOf } from "./suggest.ts";
import type { Finding } from "./validate-schema.ts";

/** What a valid config may be but probably is not meant to be. */
export function remarksOn({ production = [] }: ConfigFile): readonly Finding[] {
  return [...similarAreas(production), ...mixedLetters(production)];
}

type Areas = NonNullable<ConfigFile["production"]>;

function similarAreas(production: Areas): readonly Finding[] {
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

/** A path that somebody typed with a letter of another script finds nothing, and nobody sees why. */
function mixedLetters(production: Areas): readonly Finding[] {
  return production.flatMap(({ paths = [] }, area) =>
    paths.flatMap((pattern, index): readonly Finding[] => {
      const character = lookalikeLetterIn(pattern);
      if (character === null) return [];
      const path = ["production", area, "paths", index];
      return [
        {
          code: "config/lookalike-letter",
          severity: "warning",
          path,
          at: "value",
          message: `${showPath(path)} is ${show(pattern)}, which holds ${character} among Latin letters: it looks like one of them.`,
          remedy: "Type the word again, unless the file is really called so.",
        },
      ];
    }),
  );
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
