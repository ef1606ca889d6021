import { Pool } from "pg";
import { adoptFrom, KEPT_BY_NAME } from "../sql/adoption.ts";
import { sqlAuditCursors } from "../sql/audit-cursors.ts";
import { sqlFollowUps } from "../sql/follow-ups.ts";
import { sqlLedger, sqlLedgerReader } from "../sql/ledger.ts";
import { sqlLedgerKeeping } from "../sql/ledger-keeping.ts";
import { sqlMemory } from "../sql/memory.ts";
import { sqlNotices } from "../sql/notices.ts";
import { sqlPages } from "../sql/pages.ts";
import { sqlPasses } from "../sql/passes.ts";
import { sqlPasskeys } from "../sql/passkeys.ts";
import { sqlProtection } from "../sql/protection.ts";
import { sqlServer } from "../sql/server.ts";
import { sqlSigningKeys } from "../sql/signing-keys.ts";
import { rowsOf } from "../sql/sql.ts";
import { sqlTime } from "../sql/time.ts";
import { sqlWatch } from "../sql/watch.ts";
import type { Store } from "../store.ts";
import { connection } from "./connection.ts";
import { postgresDatabase } from "./database.ts";
import { postgresJobs } from "./jobs.ts";
import { migrate } from "./migrations.ts";
import { Presence } from "./presence.ts";

/** The worker holds few connections; a burst of deliveries wants more. */
const CONNECTIONS = 12;
const CONNECT_TIMEOUT_MS = 10_000;

/** The database does not answer, or does not let the app in. The message names no password. */
class StoreUnreachable extends Error {
  override readonly name = "StoreUnreachable";

  constructor(url: string, cause: unknown) {
    super(
      `the PostgreSQL of DATABASE_URL (${placeOf(url)}) cannot be used: ${cause instanceof Error && cause.message !== "" ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/**
 * Opens the store in a PostgreSQL database, in a schema `countersign` of its own, made when absent. Any number of
 * processes may share it.
 * @throws {StoreUnreachable | NewerSchema}
 */
export async function openPostgresStore(url: string, password?: string): Promise<Store> {
  const config = {
    ...connection(url, password),
    application_name: "countersign",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  };
  const pool = new Pool({ ...config, pipeline: true, max: CONNECTIONS });
  // A connection that breaks while idle is replaced by the pool; one in use tells its user.
  pool.on("error", () => {});
  const presence = new Presence(config);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= Promise.all([presence.close(), pool.end()]).then(() => {});
    return closing;
  };
  try {
    await reach(pool, url);
    await migrate(pool);
    await presence.connect();
    const shared = postgresDatabase(pool);
    const adopt = adoptFrom(await rowsOf(shared, KEPT_BY_NAME));
    return {
      ...(await postgresJobs(pool, { presence, adopt })),
      ...sqlMemory(shared, adopt),
      ...sqlPasses(shared),
      ...sqlProtection(shared),
      ...sqlServer(shared),
      ...sqlFollowUps(shared),
      ...sqlWatch(shared),
      ...sqlTime(shared),
      ...sqlNotices(shared),
      ...sqlSigningKeys(shared),
      ...sqlLedger(shared),
      ...sqlLedgerKeeping(shared),
      ...sqlAuditCursors(shared),
      ...sqlLedgerReader(shared),
      ...sqlPasskeys(shared),
      ...sqlPages(shared),
      onNews: (wake) => presence.onNews(wake),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function reach(pool: Pool, url: string): Promise<void> {
  try {
    const { rows } = await pool.query("SELECT current_setting('synchronous_commit') AS commits");
    // An answered delivery must survive a power cut.
    if (["off", "local"].includes(String(rows[0]?.commits)))
      throw new Error("its synchronous_commit must be on");
  } catch (error) {
    throw new StoreUnreachable(url, error);
  }
}

function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
  } catch {
    return "which is no address";
  }
}
