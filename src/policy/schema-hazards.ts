import * as z from "zod";
import { HAZARD_IDS } from "../production/hazards/ids.ts";
import { HAZARD_DEFAULTS } from "./defaults.ts";
import { LIMITS } from "./limits.ts";
import { senior } from "./schema-accounts.ts";

const count = z.int().min(1).max(LIMITS.countersignatures);
const COUNT = { description: "How many different owners of the file must countersign.", examples: [2] };

const kind = (what: string) =>
  z
    .strictObject({
      countersignatures: count.meta({ ...COUNT, default: HAZARD_DEFAULTS.countersignatures }).exactOptional(),
      senior: senior.exactOptional(),
      "applies-to": z
        .enum(["ai", "everyone"])
        .meta({
          description:
            "Which changes need countersignatures for it: those that an AI took part in (`ai`), or all of them (`everyone`).",
          default: HAZARD_DEFAULTS["applies-to"],
          examples: ["everyone"],
        })
        .exactOptional(),
    })
    .meta({
      description: `What a change needs when it ${what}.`,
      $comment: "one owner of the file, if an AI took part",
    })
    .exactOptional();

const rule = z
  .strictObject({
    off: z
      .string()
      .min(1)
      .max(LIMITS.reasonLength)
      .meta({
        title: `the reason, as text of up to ${LIMITS.reasonLength} characters`,
        description: "Disables the rule. The check shows this reason next to the findings it ignores.",
        $comment: "the rule is enabled",
        examples: ["Nightly jobs rebuild these tables from the warehouse."],
      })
      .exactOptional(),
    countersignatures: count
      .meta({ ...COUNT, $comment: "that of its kind (`destructive` or `widening`)" })
      .exactOptional(),
    asks: z
      .enum(["block", "show"])
      .meta({
        description:
          "`block`: what the rule finds needs a countersignature. `show`: it is shown beside its line, and nobody is asked.",
        $comment: "as the rule says in `docs/hazards.md`",
        examples: ["block"],
      })
      .exactOptional(),
  })
  .meta({ description: "One of `off`, `countersignatures` and `asks`." });

/** What the config says about hazards. `docs/hazards.md` lists the rules. */
export const hazards = z
  .strictObject({
    destructive: kind("destroys something, in whatever file"),
    widening: kind("widens permissions or access, in whatever file"),
    rules: z
      .record(z.string(), rule)
      .meta({
        title: "a mapping from hazard rule ids to settings",
        description: "Settings for individual rules, by the ids listed in `docs/hazards.md`.",
        $comment: "every rule is enabled, with the settings of its kind",
        examples: [{ "files/many-removed": { countersignatures: 2 } }],
        propertyNames: { enum: [...HAZARD_IDS] },
      })
      .exactOptional(),
  })
  .meta({
    description: "What destructive and permission-widening changes need, in whatever file.",
    $comment: "every rule is enabled; each finding needs one owner of the file",
  })
  .exactOptional();
