import type { DatabaseSync } from "node:sqlite";
import type { Store } from "../store.ts";
import type { Disk } from "./disk.ts";
import { transaction } from "./transaction.ts";

/** The record of what was decided and why. The database itself refuses to change or remove an entry. */
export function sqliteLedger(database: DatabaseSync, disk: Disk): Pick<Store, "append"> {
  const insert = database.prepare(
    "INSERT INTO ledger (at, repository, pull, head_sha, kind, data) VALUES (?, ?, ?, ?, ?, ?)",
  );
  return {
    append: async (entries) => {
      transaction(database, () => {
        for (const entry of entries) {
          const data = JSON.stringify(entry.data ?? null);
          insert.run(entry.at, entry.repository, entry.pull, entry.headSha, entry.kind, data);
        }
      });
      await disk.settled();
    },
  };
}
