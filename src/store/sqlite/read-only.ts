import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { MemoryReader } from "../memory.ts";
import { adoptFrom } from "../sql/adoption.ts";
import { sqlLedgerReader } from "../sql/ledger.ts";
import { sqlMemory } from "../sql/memory.ts";
import { repositoryCalled } from "../sql/repositories.ts";
import { sqlSigningKeyReader } from "../sql/signing-keys.ts";
import type { Statement } from "../sql/sql.ts";
import { sqlOutcomes } from "../sql/watch.ts";
import { sqliteExecutor } from "./database.ts";
import { requireCurrentSchema } from "./migrations.ts";

/**
 * Reads what the app remembers while the app itself keeps running: without the folder's lock, and without a write.
 * Throws when the folder has no store, or `NewerSchema` or `OlderSchema` when another version wrote it.
 */
export function openSqliteReader(folder: string): MemoryReader {
  const database = new DatabaseSync(join(folder, "countersign.sqlite"), { readOnly: true, timeout: 5000 });
  try {
    requireCurrentSchema(database);
    const execute = sqliteExecutor(database);
    const shared = { run: async (statements: readonly Statement[]) => statements.map(execute) };
    const { remember, recall, recallSameContent } = sqlMemory(shared, adoptFrom([]));
    const find = (owner: string, repo: string) => repositoryCalled(shared, owner, repo);
    return {
      find,
      remember,
      recall,
      recallSameContent,
      ...sqlLedgerReader(shared),
      ...sqlSigningKeyReader(shared),
      ...sqlOutcomes(shared),
      close: async () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
