import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { MemoryReader } from "../store.ts";
import { sqliteMemory } from "./memory.ts";
import { requireCurrentSchema } from "./migrations.ts";

/**
 * Reads what the app remembers while the app itself keeps running: without the folder's lock, and without a write.
 * Throws when the folder has no store, or `NewerSchema` or `OlderSchema` when another version wrote it.
 */
export function openSqliteReader(folder: string): MemoryReader {
  const database = new DatabaseSync(join(folder, "countersign.sqlite"), { readOnly: true, timeout: 5000 });
  try {
    requireCurrentSchema(database);
    const { remember } = sqliteMemory(database);
    return { remember, close: async () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}
