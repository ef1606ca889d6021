import { BUILT_IN_AREAS } from "../production/built-in.ts";
import { highest, organization, type Rule, repository, strictest, union } from "./floor.ts";
import type { AreaConfig, ConfigFile } from "./schema.ts";

type Detect = NonNullable<ConfigFile["detect"]>;
type BuiltInChoice = NonNullable<ConfigFile["built-in"]>;

const BUILT_IN_NAMES = BUILT_IN_AREAS.map(({ name }) => name);

/** The names that `built-in: …` stands for. */
export function builtInNames(choice: BuiltInChoice): readonly string[] {
  if (typeof choice !== "boolean") return choice;
  return choice ? BUILT_IN_NAMES : [];
}

/** What the organization keeps stays. */
const builtIn: Rule<BuiltInChoice> = {
  merge: (ours, theirs) =>
    BUILT_IN_NAMES.filter((name) => [...builtInNames(ours), ...builtInNames(theirs)].includes(name)),
  weakens: (ours, theirs) => builtInNames(ours).some((name) => !builtInNames(theirs).includes(name)),
};

/** For each key, how the organization's file is a floor for the repository's. Scales run from lenient to strict. */
export const STRICTNESS = {
  mode: strictest<NonNullable<ConfigFile["mode"]>>(["observe", "enforce"]),
  branches: union<string>(),
  undeclared: strictest<NonNullable<Detect["undeclared"]>>(["human", "ai"]),
  agents: union<string>(),
  "not-ai": organization<readonly string[]>(),
  label: repository<string | false>(),
  block: strictest([false, true]),
  "built-in": builtIn,
  unowned: organization<readonly string[]>(),
} as const;

/** The same for an area that both files name. */
export const AREA_STRICTNESS = {
  countersignatures: highest,
  from: organization<NonNullable<AreaConfig["from"]>>(),
  senior: organization<readonly string[]>(),
  "applies-to": strictest<NonNullable<AreaConfig["applies-to"]>>(["ai", "everyone"]),
  keep: strictest<NonNullable<AreaConfig["keep"]>>(["untouched", "never"]),
} as const;
