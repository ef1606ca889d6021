import { Pool } from "pg";
import type { MemoryReader } from "../memory.ts";
import { adoptFrom } from "../sql/adoption.ts";
import { sqlLedgerReader } from "../sql/ledger.ts";
import { sqlMemory } from "../sql/memory.ts";
import { repositoryCalled } from "../sql/repositories.ts";
import { sqlSigningKeyReader } from "../sql/signing-keys.ts";
import { sqlOutcomes } from "../sql/watch.ts";
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
    const shared = postgresDatabase(pool);
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
      close: () => pool.end(),
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}
