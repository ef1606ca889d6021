import { readFileSync, writeFileSync } from "node:fs";
import * as z from "zod";

const FILE = new URL("measured.json", import.meta.url);

const measured = z.strictObject({
  repository: z.string(),
  /** The day, ISO 8601. */
  measured: z.string(),
  /** The newest commit's id and day. */
  newest: z.string(),
  commits: z.int(),
  before: z.int(),
  false: z.int(),
  ai: z.int(),
  automation: z.int(),
});

/** What one repository's history was found to hold. */
export type Measured = z.infer<typeof measured>;

export function readMeasured(): readonly Measured[] {
  return z.array(measured).parse(JSON.parse(readFileSync(FILE, "utf8")));
}

/** Each repository once, by what was measured last. */
export function saveMeasured(rows: readonly Measured[]): void {
  const all = new Map([...readMeasured(), ...rows].map((row) => [row.repository, row]));
  const sorted = [...all.values()].toSorted((a, b) => (a.repository < b.repository ? -1 : 1));
  writeFileSync(FILE, `${JSON.stringify(sorted, null, 2)}\n`);
}
