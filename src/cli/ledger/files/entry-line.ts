import * as z from "zod";
import { ENTRY_KINDS, type Json, type LinkedEntry } from "../../../ledger/entry.ts";
import { neutralJsonLine } from "../../output/neutral.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const json: z.ZodType<Json> = z.json();

const linkedEntry = z.strictObject({
  entry: z.strictObject({
    installation: z.int(),
    seq: z.int(),
    at: z.string(),
    happenedAt: z.string().nullable(),
    repository: z.strictObject({ id: z.int().nullable(), name: z.string() }).nullable(),
    pull: z.int().nullable(),
    headSha: z.string().nullable(),
    kind: z.enum(ENTRY_KINDS),
    carriedOver: z.boolean(),
    data: json,
  }),
  prev: hash,
  hash,
  texts: z.record(
    z.string(),
    z.union([z.strictObject({ key: z.string(), text: z.string() }), z.strictObject({ erasedBy: z.int() })]),
  ),
});

/** An entry with its hashes as one line of `chain.jsonl`. */
export function entryLine(linked: LinkedEntry): string {
  return neutralJsonLine(linked);
}

/** `null` for what is no entry. */
export function entryIn(text: string): LinkedEntry | null {
  try {
    return linkedEntry.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
