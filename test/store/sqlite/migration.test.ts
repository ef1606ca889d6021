import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach } from "@jest/globals";
import { MIGRATIONS } from "../../../src/store/sqlite/migrations.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import { migrationContract } from "../migration-contract.ts";

/** The schema when memory was kept by name. */
const FORMER_VERSION = 4;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

migrationContract("the embedded store", async () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-former-"));
  folders.push(folder);
  const database = new DatabaseSync(join(folder, "countersign.sqlite"));
  for (const sql of MIGRATIONS.slice(0, FORMER_VERSION)) database.exec(sql);
  database.exec(`PRAGMA user_version = ${FORMER_VERSION}`);
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
});
