import * as z from "zod";

/** What is in an export, by the names of its files. */
export const FILES = {
  chain: "chain.jsonl",
  rows: "population.jsonl",
  table: "population.csv",
  report: "report.html",
  statements: "attestations.jsonl",
  keys: "keys.json",
} as const;

export const MANIFEST = "manifest.json";
/** The manifest once more, signed: a Sigstore bundle whose payload it is. */
export const SIGNED_MANIFEST = "manifest.sigstore.json";

const EXPORT_TYPE = "https://countersign.dev/export/v1";
const STATEMENT = "https://in-toto.io/Statement/v1";

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

const counts = z.strictObject({
  rows: count,
  exceptions: count,
  countersigned: count,
  notRequired: count,
  overridden: count,
  withdrawn: count,
  bypassed: count,
  unknown: count,
});

/** A chain as far as it is in the export. */
const piece = z.strictObject({
  installation: z.int(),
  /** The first entry, and the hash that it follows. */
  first: z.strictObject({ seq: count, prev: digest }).nullable(),
  /** The end of the chain when the export was made. */
  last: z.strictObject({ seq: count, hash: digest }),
});

/** Changes by one outcome: what the watch counted, and what the ledger holds. */
const watched = z.strictObject({ outcome: z.string(), counted: count, held: count });

/** The merges of a branch in the period: what GitHub says, and what the ledger holds. */
const merges = z.strictObject({
  ...{ repository: z.string(), branch: z.string(), merged: count, held: count },
  ...{ missing: z.array(z.int()).readonly(), extra: z.array(z.int()).readonly(), since: z.string() },
});

const description = z.strictObject({
  /** ISO 8601; `until` is the first moment after the period. */
  period: z.strictObject({ from: z.iso.datetime(), until: z.iso.datetime() }),
  /** `owner/name` in lower case; `null` for all. */
  repository: z.string().nullable(),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  chains: z.array(piece).readonly(),
  counts,
  /** How many signed statements there are. */
  statements: count,
  /** `null` where earlier entries were removed, so that they cannot be compared. */
  watched: z.array(watched).readonly().nullable(),
  /** Left out where GitHub was not asked. */
  merges: z.array(merges).readonly().optional(),
});

/** What an export says of itself: an in-toto statement whose subjects are its files. */
export const manifest = z.strictObject({
  _type: z.literal(STATEMENT),
  subject: z.array(z.strictObject({ name: z.enum(FILES), digest: z.strictObject({ sha256: digest }) })),
  predicateType: z.literal(EXPORT_TYPE),
  predicate: description,
});

export type Manifest = Readonly<z.infer<typeof manifest>>;
export type Description = Readonly<z.infer<typeof description>>;
export type ChainPiece = Readonly<z.infer<typeof piece>>;
export type WatchedCount = Readonly<z.infer<typeof watched>>;

export function manifestOf(files: ReadonlyMap<string, string>, predicate: Description): Manifest {
  const subject = Object.values(FILES).map((name) => {
    return { name, digest: { sha256: files.get(name) ?? "" } };
  });
  return { _type: STATEMENT, subject, predicateType: EXPORT_TYPE, predicate };
}
