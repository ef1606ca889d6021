import * as z from "zod";
import type { OwnerRef } from "../../ownership/owner.ts";
import { BUILT_IN } from "../../production/built-in.ts";
import { CONTROL_FILES } from "../../production/control-files.ts";
import { highest, organizationOrDefault, strictest, union } from "../layers/floor.ts";
import type { LayerMerge, Setting, Sides } from "../layers/layer-merge.ts";
import { LIMITS } from "../limits.ts";
import { owners, readOwners, senior } from "./accounts.ts";
import { BUILT_IN_NAMES } from "./built-in.ts";
import { floorsOf, type InForce, mergeEntries } from "./group.ts";
import { described, key, shapeOf, type Written } from "./key.ts";

const pattern = z.string().min(1).max(LIMITS.patternLength).meta({ title: "a CODEOWNERS pattern" });

/** What an area's rule consists of, beside its name. */
const AREA_KEYS = {
  paths: key({
    schema: z.array(pattern).min(1).max(LIMITS.patterns),
    description:
      "The files of the area, as CODEOWNERS patterns: `/infra/` is a folder at the root, `*.tf` matches at any depth. A symbolic link counts by its own path; in `control-files` alone, what it leads to counts as well.",
    default: {
      text: "the paths of the built-in area with that name; required for any other name",
      value: [],
    },
    examples: [["/infra/", "*.tf"]],
    floor: union<string>(),
    read: (patterns) => patterns,
  }),
  countersignatures: key({
    schema: z.int().min(1).max(LIMITS.countersignatures),
    description: "How many different people must countersign.",
    default: { written: 1 },
    examples: [2],
    floor: highest,
    read: (count) => count,
  }),
  from: key({
    schema: z.union([z.literal("owners"), owners]),
    title: `"owners" or a list of 1 to ${LIMITS.owners} owners (@user, @org/team or an e-mail address)`,
    description:
      "Who can countersign: `owners` means the owners of each file in CODEOWNERS; a list applies to the whole area. `control-files` allows only `owners`.",
    default: { written: "owners" },
    examples: [["@acme/sre", "@ada"]],
    floor: organizationOrDefault<"owners" | readonly OwnerRef[]>(),
    read: (from) => (from === "owners" ? from : readOwners(from)),
  }),
  senior,
  "applies-to": key({
    schema: z.enum(["ai", "everyone"]),
    description:
      "Which changes need countersignatures: those that an AI took part in (`ai`), or all of them (`everyone`).",
    default: { written: "ai" },
    examples: ["everyone"],
    floor: strictest(["ai", "everyone"]),
    read: (whose) => whose,
  }),
  mode: key({
    schema: z.enum(["enforce", "observe"]),
    description:
      "Whether a missing countersignature of the area blocks the merge (`enforce`), or is only reported (`observe`; nobody is asked, and a refusal blocks all the same). Hazards in files that lie in observed areas alone are observed too. `control-files` allows only `enforce`.",
    default: { written: "enforce" },
    examples: ["observe"],
    floor: strictest(["observe", "enforce"]),
    read: (mode) => mode,
  }),
  keep: key({
    schema: z.enum(["untouched", "never"]),
    description:
      "Whether a countersignature stays valid after a push: as long as the content of the area is unchanged (`untouched`), or not at all (`never`).",
    default: { written: "untouched" },
    examples: ["never"],
    floor: strictest(["untouched", "never"]),
    read: (keep) => keep,
  }),
};

/** The areas in which most changes do nothing that an owner has to sign. */
const BY_HAZARDS: readonly string[] = ["ci", CONTROL_FILES];

const when = (unset: When) =>
  key({
    schema: z.enum(["always", "hazards"]),
    description:
      "When a countersignature is needed: for every change (`always`), or only where a hazard that blocks is found or the content cannot be judged (`hazards`; then the check says which). In `control-files`, only workflows and the plain instructions of AI agents can be judged: everything else there always needs one. As long as nobody wrote anything about `deployment`, the compose files and the settings of hosting platforms among its tests, fixtures and examples are asked for only where such a hazard is found.",
    default: {
      text: "`hazards` for `control-files`, and for `ci` unless it has `paths` of its own; else `always`",
      value: unset,
    },
    examples: ["always"],
    floor: strictest<When>(["hazards", "always"]),
    read: (written): When => written,
  });

type When = "always" | "hazards";

const ALL_KEYS = { ...AREA_KEYS, when: when("always") };

/** With paths of its own, an area holds what nobody here knows. */
function keysOf(area: string, replaced: boolean): typeof ALL_KEYS {
  return { ...ALL_KEYS, when: when(BY_HAZARDS.includes(area) && !replaced ? "hazards" : "always") };
}

const name = described({
  schema: z
    .string()
    .max(LIMITS.nameLength)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: `a name of lower-case letters, digits and single hyphens (up to ${LIMITS.nameLength} characters)`,
  description:
    "The area's name. With the name of a built-in area it replaces that area, except for `control-files`, to which you can only add.",
  default: { text: "none (required)", value: null },
  examples: ["infrastructure"],
});

export const area = z.strictObject({ name, ...shapeOf(ALL_KEYS) }).meta({
  allOf: [
    {
      if: { properties: { name: { enum: BUILT_IN_NAMES } } },
      else: { required: ["paths"] },
    },
    {
      if: { properties: { name: { not: { const: CONTROL_FILES } } } },
      else: { properties: { from: { const: "owners" }, mode: { const: "enforce" } } },
    },
  ],
});

export type AreaConfig = Written<typeof area>;

/** The rule of an area in force. `from` is the CODEOWNERS of each path, or one list for all of them. */
export interface AreaRule extends InForce<typeof ALL_KEYS> {
  readonly name: string;
  /** Where the rule was written, for people: "built-in", ".github/countersign.yml:12", "acme/.github: …:4". */
  readonly origin: string;
}

export const AREA_FLOORS = floorsOf(ALL_KEYS);

/** The rule of an area, by what the two files say of it. Both may leave it to the built-in one. */
export function mergeArea(name: string, settings: Sides<Setting<AreaConfig>>, merge: LayerMerge): AreaRule {
  const written = (["organization", "repository"] as const).flatMap((side) => {
    const { value, path } = settings[side];
    return value === undefined ? [] : [{ value, origin: merge.origin(side, path) }];
  });
  const replaced = name !== CONTROL_FILES && written.some(({ value }) => value.paths !== undefined);
  const rule = mergeEntries(keysOf(name, replaced), settings, merge);
  const origins = [...(replaced ? [] : [BUILT_IN]), ...written.map(({ origin }) => origin)];
  return { name, ...rule, origin: origins.join(", ") };
}
