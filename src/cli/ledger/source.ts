import type { LinkedEntry } from "../../ledger/entry.ts";
import type { LedgerReader } from "../../store/ledger.ts";

/** Where chains are read from. */
export type LedgerSource = Pick<LedgerReader, "chains" | "chain">;

/** All entries of all chains, one chain after the other. */
export async function* allEntries(source: LedgerSource): AsyncIterable<LinkedEntry> {
  for (const { installation } of await source.chains()) yield* source.chain(installation);
}
