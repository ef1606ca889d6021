import * as z from "zod";
import { measuredRows } from "../measured-rows.ts";

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

export const MEASURED = measuredRows(
  new URL("measured.json", import.meta.url),
  measured,
  ({ repository }) => repository,
);
