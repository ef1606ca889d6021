import * as z from "zod";
import { measuredRows } from "../measured-rows.ts";

const measured = z.strictObject({
  repository: z.string(),
  /** Whether the judgement was tuned on it. */
  use: z.enum(["tuned", "unseen"]),
  /** The day, ISO 8601. */
  measured: z.string(),
  /** The newest commit's id and day. */
  newest: z.string(),
  /** How many changes of an AI were judged. */
  changes: z.int(),
  /** How many of them asked while every area asked for each change. */
  before: z.int(),
  /** How many ask by the defaults: at all, for a hazard outside of what its area asks for, for an area that always asks. */
  after: z.int(),
  hazards: z.int(),
  always: z.int(),
});

/** What one repository's changes by AI were found to ask for. */
export type Measured = z.infer<typeof measured>;

export const MEASURED = measuredRows(
  new URL("measured.json", import.meta.url),
  measured,
  ({ repository }) => repository,
);

/** In percent, of the repository in the middle. */
export function medianShare(rows: readonly Measured[], countOf: (row: Measured) => number): number {
  const shares = rows.map((row) => (100 * countOf(row)) / Math.max(1, row.changes)).toSorted((a, b) => a - b);
  const middle = shares.length >> 1;
  const [low = 0, high = 0] = [shares[shares.length % 2 === 0 ? middle - 1 : middle], shares[middle]];
  return (low + high) / 2;
}
