import * as z from "zod";
import { measuredRows } from "../measured-rows.ts";

const sample = z.strictObject({
  /** The day, ISO 8601. */
  measured: z.string(),
  seed: z.int(),
  /** Of each repository, so many commits were read. */
  newest: z.int(),
  /** Only commits that an AI wrote. */
  byAi: z.boolean(),
  repositories: z.array(
    z.strictObject({
      repository: z.string(),
      commits: z.int(),
      /** Findings that block, one of a rule and commit at most. */
      raised: z.int(),
      /** Those of them that were read. */
      findings: z.int(),
      right: z.int(),
    }),
  ),
  mistakes: z.array(z.strictObject({ kind: z.string(), findings: z.int() })),
});

/** A sample of the findings that block, and how many of it are right. */
export type Sample = z.infer<typeof sample>;

export const SAMPLES = measuredRows(new URL("measured.json", import.meta.url), sample, ({ seed }) =>
  String(seed),
);
