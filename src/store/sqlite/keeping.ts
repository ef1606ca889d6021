import type { DatabaseSync } from "node:sqlite";
import type { LedgerKeeping } from "../ledger.ts";
import { sqlLedgerKeeping } from "../sql/ledger-keeping.ts";
import type { Database, Transactions } from "../sql/sql.ts";

/** What is erased is written over in the file, and does not stay in the log beside it. */
export function sqliteKeeping(database: DatabaseSync, shared: Database & Transactions): LedgerKeeping {
  const keeping = sqlLedgerKeeping(shared);
  return {
    ...keeping,
    erase: async (installation, erasure) => {
      database.exec("PRAGMA secure_delete = ON");
      try {
        return await keeping.erase(installation, erasure);
      } finally {
        database.exec("PRAGMA secure_delete = OFF; PRAGMA wal_checkpoint(TRUNCATE)");
      }
    },
  };
}
