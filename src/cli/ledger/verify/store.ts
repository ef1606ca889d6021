import type { KnownKey } from "../../../attestation/key-set.ts";
import type { MemoryReader } from "../../../store/memory.ts";
import type { Progress } from "../../output/progress.ts";
import { grouped } from "../../scan/counts/figures.ts";
import { ChainsCheck } from "./chains.ts";
import { DamageList, type Findings } from "./findings.ts";
import { StatementsCheck } from "./statements.ts";

interface Given {
  readonly reader: Pick<MemoryReader, "chains" | "chain" | "unchained">;
  readonly anchors: readonly string[];
  readonly keys: readonly KnownKey[];
  readonly progress: Progress;
}

const AT_ONCE = 500;

/** Checks the ledger of a store, which goes on meanwhile. */
export async function verifyStore({ reader, anchors, keys, progress }: Given): Promise<Findings> {
  const list = new DamageList();
  const check = new ChainsCheck(anchors, { isPiece: false });
  const statements = new StatementsCheck(keys, list);
  let read = 0;
  for (const { installation, seq: end, hash } of await reader.chains()) {
    check.begin(installation);
    let last: { readonly seq: number; readonly hash: string } | null = null;
    for await (const linked of reader.chain(installation)) {
      if (linked.entry.seq > end) break;
      read += 1;
      if (read % AT_ONCE === 0) progress.report(`checking the ledger: ${grouped(read)} entries`);
      check.take(installation, linked);
      last = { seq: linked.entry.seq, hash: linked.hash };
      statements.take(linked);
    }
    if (end > 0 && (last?.seq !== end || last.hash !== hash))
      list.note(
        `The store says that the chain of installation ${installation} ends with entry ${end}, hash ${hash}, and it does not: its end was cut off or rewritten.`,
      );
  }
  statements.end();
  const reports = check.end(list, keys);
  const { signed, missing } = statements.counts;
  const unchained = await reader.unchained();
  return {
    ...{ damages: list.damages, more: list.more, chains: reports },
    remarks: [
      `${grouped(signed)} signed ${signed === 1 ? "statement" : "statements"} checked.`,
      ...(missing > 0
        ? [`${missing} statements that entries speak of are not kept: they were erased, or removed.`]
        : []),
      ...(unchained > 0
        ? [`${grouped(unchained)} entries of earlier versions are in no chain yet, and were not checked.`]
        : []),
    ],
  };
}
