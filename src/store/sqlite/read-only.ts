import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { MemoryReader } from "../memory.ts";
import { sqlMemoryReader } from "../sql/memory-reader.ts";
import type { Statement } from "../sql/sql.ts";
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
    return { ...sqlMemoryReader(shared), close: async () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}
