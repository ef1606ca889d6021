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
          description: "Whose changes need countersigning for it: those an AI took part in, or all.",
          default: HAZARD_DEFAULTS["applies-to"],
          examples: ["everyone"],
        })
        .exactOptional(),
    })
    .meta({
      description: `What a change needs that ${what}.`,
      $comment: "one owner of the file, where an AI took part",
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
        description: "Switches the rule off. The check shows the reason beside what the rule found.",
        $comment: "the rule is on",
        examples: ["Nightly jobs rebuild these tables from the warehouse."],
      })
      .exactOptional(),
    countersignatures: count.meta({ ...COUNT, $comment: "as for its kind" }).exactOptional(),
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
  .meta({ description: "One of the three." });

/** What the config says of hazards. Which rules there are is in `docs/hazards.md`. */
export const hazards = z
  .strictObject({
    destructive: kind("destroys something, wherever it stands"),
    widening: kind("lets something in, wherever it stands"),
    rules: z
      .record(z.string(), rule)
      .meta({
        title: "a mapping by the id of a hazard rule",
        description: "What is different for single rules, by their ids as in `docs/hazards.md`.",
        $comment: "every rule is on and counts as its kind",
        examples: [{ "files/many-removed": { countersignatures: 2 } }],
        propertyNames: { enum: [...HAZARD_IDS] },
      })
      .exactOptional(),
  })
  .meta({
    description: "Changes that destroy or let in, in whatever file: they need an owner's countersignature.",
    $comment: "every rule is on",
  })
  .exactOptional();
