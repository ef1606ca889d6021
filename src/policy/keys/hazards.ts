import * as z from "zod";
import { highest, strictest } from "../layers/floor.ts";
import type { LayerMerge, Setting, Sides } from "../layers/layer-merge.ts";
import { LIMITS } from "../limits.ts";
import { senior } from "./accounts.ts";
import { group, type InForce } from "./group.ts";
import { rules } from "./hazard-rules.ts";
import { key } from "./key.ts";

const KIND_KEYS = {
  countersignatures: key({
    schema: z.int().min(1).max(LIMITS.countersignatures),
    description: "How many different owners of the file must countersign.",
    default: { written: 1 },
    examples: [2],
    floor: highest,
    read: (count) => count,
  }),
  senior,
  "applies-to": key({
    schema: z.enum(["ai", "everyone"]),
    description:
      "Which changes need countersignatures for it: those that an AI took part in (`ai`), or all of them (`everyone`).",
    default: { written: "ai" },
    examples: ["everyone"],
    floor: strictest(["ai", "everyone"]),
    read: (whose) => whose,
  }),
};

/** What the hazards of one kind need. */
export interface HazardKindRule extends InForce<typeof KIND_KEYS> {
  /** Where it was written, for people, as of an area. */
  readonly origin: string;
}

/** What a change needs that destroys something, or lets something in. */
function kind(what: string) {
  const keys = group(KIND_KEYS, {
    description: `What a change needs when it ${what}.`,
    unset: "one owner of the file, if an AI took part",
  });
  return {
    ...keys,
    merge: (settings: Sides<Setting<object>>, merge: LayerMerge): HazardKindRule => ({
      ...keys.merge(settings, merge),
      origin: originOf(settings, merge),
    }),
  };
}

function originOf(settings: Sides<Setting<object>>, merge: LayerMerge): string {
  const sides = (["organization", "repository"] as const).filter(
    (side) => settings[side].value !== undefined,
  );
  if (sides.length === 0) return "built-in";
  return sides.map((side) => merge.origin(side, settings[side].path, "key")).join(", ");
}

export const hazards = group(
  {
    destructive: kind("destroys something, in whatever file"),
    widening: kind("widens permissions or access, in whatever file"),
    rules,
  },
  {
    description: "What destructive and permission-widening changes need, in whatever file.",
    unset: "every rule is enabled; each finding needs one owner of the file",
  },
);
