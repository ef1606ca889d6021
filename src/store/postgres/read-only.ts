import { Pool } from "pg";
import type { MemoryReader } from "../memory.ts";
import { sqlMemoryReader } from "../sql/memory-reader.ts";
import { connection } from "./connection.ts";
import { postgresDatabase } from "./database.ts";
import { requireCurrentSchema } from "./migrations.ts";

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Reads what the app remembers; the database itself refuses writes on these connections.
 * @throws {NewerSchema | OlderSchema}
 */
export async function openPostgresReader(url: string, password?: string): Promise<MemoryReader> {
  const pool = new Pool({
    ...connection(url, password),
    application_name: "countersign reader",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    options: "-c default_transaction_read_only=on",
    pipeline: true,
    max: 4,
  });
  pool.on("error", () => {});
  try {
    await requireCurrentSchema(pool);
    return { ...sqlMemoryReader(postgresDatabase(pool)), close: () => pool.end() };
  } catch (error) {
    await pool.end();
    throw error;
  }
}
