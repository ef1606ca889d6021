import * as z from "zod";
import { BUILT_IN_AREAS } from "../../production/built-in.ts";
import { CONTROL_FILES } from "../../production/control-files.ts";
import { LIMITS } from "../limits.ts";
import { owners, senior } from "./accounts.ts";
import { AREA_DEFAULTS } from "./defaults.ts";

export const BUILT_IN_NAMES = BUILT_IN_AREAS.map(({ name }) => name);

const pattern = z.string().min(1).max(LIMITS.patternLength).meta({ title: "a pattern as in CODEOWNERS" });

export const area = z
  .strictObject({
    name: z
      .string()
      .max(LIMITS.nameLength)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .meta({
        title: `a name of lower-case letters, digits and single hyphens (up to ${LIMITS.nameLength} characters)`,
        description:
          "The area's name. The name of a built-in area replaces it; `control-files` only adds to it.",
        $comment: "none, it must be said",
        examples: ["infrastructure"],
      }),
    paths: z
      .array(pattern)
      .min(1)
      .max(LIMITS.patterns)
      .meta({
        description:
          "What belongs to the area, in CODEOWNERS' pattern language: `/infra/` is a folder at the root, `*.tf` a name at any depth.",
        $comment: "the built-in area's paths; any other area must say them",
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
          "Who may countersign: the owners by CODEOWNERS, or this list for the whole area. Control files keep `owners`.",
        default: AREA_DEFAULTS.from,
        examples: [["@acme/sre", "@ada"]],
      })
      .exactOptional(),
    senior: senior.exactOptional(),
    "applies-to": z
      .enum(["ai", "everyone"])
      .meta({
        description: "Whose changes need countersigning: those an AI took part in, or all.",
        default: AREA_DEFAULTS["applies-to"],
        examples: ["everyone"],
      })
      .exactOptional(),
    keep: z
      .enum(["untouched", "never"])
      .meta({
        description:
          "Whether a countersignature outlives a push: while the area's content stays as it was signed, or never.",
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
