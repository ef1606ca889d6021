import * as z from "zod";
import { repositoryIfSet } from "../layers/floor.ts";
import { LIMITS } from "../limits.ts";
import { group } from "./group.ts";
import { key } from "./key.ts";

const label = (use: string, byDefault: string) =>
  key({
    schema: z.union([z.string().min(1).max(LIMITS.labelLength), z.literal(false)]),
    title: `the name of a label (up to ${LIMITS.labelLength} characters) or false`,
    description: `The label for ${use}; false turns it off.`,
    default: { written: byDefault },
    examples: [byDefault, false],
    floor: repositoryIfSet<string | false>(),
    read: (name) => name,
  });

export const labels = group(
  {
    ai: label("pull requests with AI-written changes", "ai-authored"),
    production: label("pull requests that touch production areas", "production"),
    waiting: label("pull requests that need countersignatures", "needs-countersign"),
  },
  {
    description: "The labels that Countersign adds and removes. It never reads them.",
    unset: "all three labels with their default names",
  },
);
