import * as z from "zod";
import { strictest } from "../layers/floor.ts";
import { group } from "./group.ts";
import { key } from "./key.ts";

export const review = group(
  {
    block: key({
      schema: z.boolean(),
      description:
        "Whether AI changes outside all areas wait for an owner's approval too, or the owner is only asked.",
      default: { written: false },
      examples: [true],
      floor: strictest([false, true]),
      read: (block) => block,
    }),
    suggestions: key({
      schema: z.enum(["contributor", "ignored"]),
      description:
        "Whether a reviewer whose suggestion somebody else applied took part in the change, and so cannot countersign it. `ignored` lets them where the change is by people; in AI-authored changes they always took part.",
      default: { written: "contributor" },
      examples: ["ignored"],
      floor: strictest(["ignored", "contributor"]),
      read: (meaning) => meaning,
    }),
  },
  {
    description:
      "What happens to AI changes outside all production areas, and what reviewing makes of people.",
    unset: "an owner is asked, nothing blocks; whoever suggested a change took part in it",
  },
);
