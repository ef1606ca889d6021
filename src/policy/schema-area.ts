import * as z from "zod";
import { BUILT_IN_AREAS } from "../production/built-in.ts";
import { CONTROL_FILES } from "../production/control-files.ts";
import { AREA_DEFAULTS } from "./defaults.ts";
import { LIMITS } from "./limits.ts";
import { owners, senior } from "./schema-accounts.ts";

export const BUILT_IN_NAMES = BUILT_IN_AREAS.map(({ name }) => name);

const pattern = z.string().min(1).max(LIMITS.patternLength).meta({ title: "a CODEOWNERS pattern" });

export const area = z
  .strictObject({
    name: z
      .string()
      .max(LIMITS.nameLength)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .meta({
        title: `a name of lower-case letters, digits and single hyphens (up to ${LIMITS.nameLength} characters)`,
        description:
          "The area's name. With the name of a built-in area it replaces that area, except for `control-files`, to which you can only add.",
        $comment: "none (required)",
        examples: ["infrastructure"],
      }),
    paths: z
      .array(pattern)
      .min(1)
      .max(LIMITS.patterns)
      .meta({
        description:
          "The files of the area, as CODEOWNERS patterns: `/infra/` is a folder at the root, `*.tf` matches at any depth.",
        $comment: "the paths of the built-in area with that name; required for any other name",
        examples: [["/infra/", "*.tf"]],
      })
      .exactOptional(),
    countersignatures: z
      .int()
      .min(1)
      .max(LIMITS.countersignatures)
      .meta({
        description: "How many different people must countersign.",
        default: AREA_DEFAULTS.countersignatures,
        examples: [2],
      })
      .exactOptional(),
    from: z
      .union([z.literal("owners"), owners])
      .meta({
        title: `"owners" or a list of 1 to ${LIMITS.owners} owners (@user, @org/team or an e-mail address)`,
        description:
          "Who can countersign: `owners` means the owners of each file in CODEOWNERS; a list applies to the whole area. `control-files` allows only `owners`.",
        default: AREA_DEFAULTS.from,
        examples: [["@acme/sre", "@ada"]],
      })
      .exactOptional(),
    senior: senior.exactOptional(),
    "applies-to": z
      .enum(["ai", "everyone"])
      .meta({
        description:
          "Which changes need countersignatures: those that an AI took part in (`ai`), or all of them (`everyone`).",
        default: AREA_DEFAULTS["applies-to"],
        examples: ["everyone"],
      })
      .exactOptional(),
    keep: z
      .enum(["untouched", "never"])
      .meta({
        description:
          "Whether a countersignature stays valid after a push: as long as the content of the area is unchanged (`untouched`), or not at all (`never`).",
        default: AREA_DEFAULTS.keep,
        examples: ["never"],
      })
      .exactOptional(),
  })
  .meta({
    allOf: [
      {
        if: { properties: { name: { enum: BUILT_IN_NAMES } } },
        else: { required: ["paths"] },
      },
      {
        if: { properties: { name: { not: { const: CONTROL_FILES } } } },
        else: { properties: { from: { const: "owners" } } },
      },
    ],
  });
