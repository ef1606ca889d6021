import * as z from "zod";
import { strictest } from "../layers/floor.ts";
import { group } from "./group.ts";
import { key } from "./key.ts";

export const review = group(
  {
    block: key({
      schema: z.boolean(),
      description:
        "Whether AI changes outside all production areas also need an owner's approval. With `false`, Countersign requests the review but does not block.",
      default: { written: false },
      examples: [true],
      floor: strictest([false, true]),
      read: (block) => block,
    }),
    suggestions: key({
      schema: z.enum(["contributor", "ignored"]),
      description:
        "Whether a reviewer becomes a contributor, who cannot countersign, when somebody else applies a suggestion of theirs. `ignored` applies to changes by humans only; in AI-authored changes the reviewer always becomes a contributor.",
      default: { written: "contributor" },
      examples: ["ignored"],
      floor: strictest(["ignored", "contributor"]),
      read: (meaning) => meaning,
    }),
  },
  {
    description:
      "What AI changes outside all production areas need, and whether suggesting a change makes a reviewer a contributor.",
    unset:
      "a review is requested but nothing blocks; a reviewer whose suggestion is applied becomes a contributor",
  },
);
