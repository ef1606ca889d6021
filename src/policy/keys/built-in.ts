import * as z from "zod";
import { BUILT_IN_AREAS } from "../../production/built-in.ts";
import type { FloorRule } from "../layers/floor.ts";
import { type Entry, key } from "./key.ts";

export const BUILT_IN_NAMES = BUILT_IN_AREAS.map(({ name }) => name);

const schema = z.union([z.boolean(), z.array(z.enum(BUILT_IN_NAMES))]);

/** The area names that a value of `built-in` selects. */
function readNames(names: boolean | readonly string[]): readonly string[] {
  if (typeof names !== "boolean") return names;
  return names ? BUILT_IN_NAMES : [];
}

/** An area that the organization keeps cannot be turned off. */
const eitherKeeps: FloorRule<readonly string[]> = {
  says: "every area that either file keeps",
  silence: "default",
  merge: (organization, repository) =>
    BUILT_IN_NAMES.filter((name) => [...organization, ...repository].includes(name)),
  weakens: (organization, repository) => organization.some((name) => !repository.includes(name)),
};

const choice = key({
  schema,
  title: `true, false or a list of ${BUILT_IN_NAMES.join(", ")}`,
  description: "Which built-in areas are enabled. Control files are always included.",
  default: { written: true },
  examples: [["infrastructure", "migrations"], false],
  floor: eitherKeeps,
  read: readNames,
});

export interface BuiltInChoice {
  readonly names: readonly string[];
  /** Those that the organization keeps, with their paths. */
  readonly kept: readonly string[];
}

export const builtIn: Entry<typeof choice.schema, BuiltInChoice> = {
  ...choice,
  merge: (settings, merge) => ({
    names: choice.merge(settings, merge),
    kept: merge.floorOf(choice, settings.organization) ?? [],
  }),
};
