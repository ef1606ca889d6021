import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach } from "@jest/globals";
import { MIGRATIONS } from "../../../src/store/sqlite/migrations.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import {
  checksMigrationContract,
  contentMigrationContract,
  type FormerStore,
  ledgerMigrationContract,
  migrationContract,
  orderMigrationContract,
} from "../migration-contract.ts";

/** The schema when memory was kept by name. */
const BY_NAME_OF_REPOSITORY = 4;
/** The schema when each commit had one check. */
const ONE_CHECK = 5;
/** The schema when each approval held what it covered. */
const CONTENT_OF_EACH = 6;
/** The schema when pushes were as urgent as what people wait for. */
const WITHOUT_PUSHES = MIGRATIONS.findIndex((sql) => sql.includes("SET urgency = -1"));
/** The schema when the ledger was no chain. */
const NO_CHAIN = MIGRATIONS.findIndex((sql) => sql.includes("ledger_entry"));

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const formerStore = (version: number) => async (): Promise<FormerStore> => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-former-"));
  folders.push(folder);
  const database = new DatabaseSync(join(folder, "countersign.sqlite"));
  for (const sql of MIGRATIONS.slice(0, version)) database.exec(sql);
  database.exec(`PRAGMA user_version = ${version}`);
  return {
    insert: async (table, row) => {
      const columns = Object.keys(row);
      const values = columns.map(() => "?").join(", ");
      database
        .prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${values})`)
        .run(...Object.values(row));
    },
    open: async () => {
      database.close();
      return openSqliteStore(folder);
    },
  };
};

migrationContract("the embedded store", formerStore(BY_NAME_OF_REPOSITORY));
checksMigrationContract("the embedded store", formerStore(ONE_CHECK));
contentMigrationContract("the embedded store", formerStore(CONTENT_OF_EACH));
orderMigrationContract("the embedded store", formerStore(WITHOUT_PUSHES));
ledgerMigrationContract("the embedded store", formerStore(NO_CHAIN));
