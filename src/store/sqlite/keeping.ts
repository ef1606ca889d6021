import type { DatabaseSync } from "node:sqlite";
import type { LedgerKeeping, LedgerWriter } from "../ledger.ts";

/** What is erased, removed or moved is written over in the file, and does not stay in the log beside it. */
export function sqliteKeeping(
  database: DatabaseSync,
  ledger: LedgerKeeping & Pick<LedgerWriter, "carryOver">,
): LedgerKeeping & Pick<LedgerWriter, "carryOver"> {
  const writtenOver = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    database.exec("PRAGMA secure_delete = ON");
    try {
      return await work();
    } finally {
      database.exec("PRAGMA secure_delete = OFF");
    }
  };
  return {
    carryOver: () => writtenOver(ledger.carryOver),
    removeOld: () => writtenOver(ledger.removeOld),
    checkpoint: ledger.checkpoint,
    erase: async (installation, erasure) => {
      const erased = await writtenOver(() => ledger.erase(installation, erasure));
      database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      return erased;
    },
  };
}
