import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
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
import { sqlTime } from "../sql/time.ts";
import { sqlWatch } from "../sql/watch.ts";
import type { Store } from "../store.ts";
import { sqliteDatabase, sqliteExecutor } from "./database.ts";
import { sqliteJobs } from "./jobs.ts";
import { sqliteKeeping } from "./keeping.ts";
import { lockFolder } from "./lock.ts";
import { migrate } from "./migrations.ts";
import { closeToOthers } from "./private-files.ts";

/**
 * Opens the embedded store in `folder`, made when absent; `:memory:` keeps nothing.
 *
 * Throws `StoreInUse` when another process holds the folder, and `NewerSchema` when a newer version wrote it.
 */
export function openSqliteStore(folder: string): Store {
  const location = locate(folder);
  const database = new DatabaseSync(location.file, { timeout: 5000, enableForeignKeyConstraints: true });
  const close = () => {
    database.close();
    location.release();
  };
  try {
    // Half of what is usual, where the store is new: each table and index takes a page before it holds anything.
    database.exec("PRAGMA page_size = 2048; PRAGMA wal_autocheckpoint = 2000");
    // FULL: a commit is on disk before its promise resolves, so that an answered delivery survives a power cut.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    migrate(database);
    const execute = sqliteExecutor(database);
    const shared = sqliteDatabase(database, execute);
    const ledger = { ...sqlLedger(shared), ...sqlLedgerKeeping(shared) };
    const adopt = adoptFrom(execute(KEPT_BY_NAME));
    return {
      ...sqliteJobs(database, { execute, adopt }),
      ...sqlMemory(shared, adopt),
      ...sqlPasses(shared),
      ...sqlProtection(shared),
      ...sqlServer(shared),
      ...sqlFollowUps(shared),
      ...sqlWatch(shared),
      ...sqlTime(shared),
      ...sqlNotices(shared),
      ...sqlSigningKeys(shared),
      ...ledger,
      ...sqliteKeeping(database, ledger),
      ...sqlAuditCursors(shared),
      ...sqlLedgerReader(shared),
      ...sqlPasskeys(shared),
      ...sqlPages(shared),
      // The folder's lock keeps every other process out.
      onNews: () => {},
      close: async () => {
        if (database.isOpen) close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

function locate(folder: string): { readonly file: string; readonly release: () => void } {
  if (folder === ":memory:") return { file: folder, release: () => {} };
  // What is inside names people and private repositories.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  closeToOthers(folder);
  return { file: join(folder, "countersign.sqlite"), release: lockFolder(folder) };
}
