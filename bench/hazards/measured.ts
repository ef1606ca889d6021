import { readFileSync, writeFileSync } from "node:fs";
import * as z from "zod";

const FILE = new URL("measured.json", import.meta.url);

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

export function readSamples(): readonly Sample[] {
  return z.array(sample).parse(JSON.parse(readFileSync(FILE, "utf8")));
}

/** Each seed's sample once, as it was judged last. */
export function saveSample(entry: Sample): void {
  const all = [...readSamples().filter(({ seed }) => seed !== entry.seed), entry];
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
}
