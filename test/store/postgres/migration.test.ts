import { createHash } from "node:crypto";
import { afterAll } from "@jest/globals";
import { Pool } from "pg";
import { MIGRATIONS } from "../../../src/store/postgres/migrations.ts";
import { openPostgresStore } from "../../../src/store/postgres/postgres.ts";
import {
  checksMigrationContract,
  contentMigrationContract,
  type FormerStore,
  ledgerMigrationContract,
  migrationContract,
  orderMigrationContract,
} from "../migration-contract.ts";
import { startPostgres } from "./postgres-server.ts";

/** The schema when memory was kept by name. */
const BY_NAME_OF_REPOSITORY = 3;
/** The schema when each commit had one check. */
const ONE_CHECK = 4;
/** The schema when each approval held what it covered. */
const CONTENT_OF_EACH = 5;
/** The schema when pushes were as urgent as what people wait for. */
const WITHOUT_PUSHES = MIGRATIONS.findIndex((sql) => sql.includes("SET urgency = -1"));
/** The schema when the ledger was no chain. */
const NO_CHAIN = MIGRATIONS.findIndex((sql) => sql.includes("ledger_entry"));

const server = await startPostgres();
afterAll(() => server?.stop());

/** What only this engine kept. */
function ownColumns(
  version: number,
  table: string,
  record: unknown,
): Readonly<Record<string, string | boolean>> {
  if (version !== BY_NAME_OF_REPOSITORY) return {};
  if (table === "published_check") return { signed: true };
  if (table === "evidence") return { digest: createHash("sha256").update(String(record)).digest("hex") };
  return {};
}

if (server) {
  const formerStore = (version: number) => async (): Promise<FormerStore> => {
    const url = await server.database();
    const pool = new Pool({
      connectionString: url,
      application_name: "test",
      connectionTimeoutMillis: 5000,
      keepAlive: false,
      max: 1,
    });
    await pool.query("CREATE SCHEMA countersign");
    await pool.query("CREATE TABLE countersign.schema_version (version integer NOT NULL)");
    await pool.query("INSERT INTO countersign.schema_version VALUES ($1)", [version]);
    for (const sql of MIGRATIONS.slice(0, version)) await pool.query(sql);
    return {
      insert: async (table, row) => {
        const all = { ...row, ...ownColumns(version, table, row.record) };
        const values = Object.keys(all).map((_, index) => `$${index + 1}`);
        await pool.query(
          `INSERT INTO countersign.${table} (${Object.keys(all).join(", ")}) VALUES (${values.join(", ")})`,
          Object.values(all),
        );
      },
      open: async () => {
        await pool.end();
        return openPostgresStore(url);
      },
    };
  };
  migrationContract("PostgreSQL", formerStore(BY_NAME_OF_REPOSITORY));
  checksMigrationContract("PostgreSQL", formerStore(ONE_CHECK));
  contentMigrationContract("PostgreSQL", formerStore(CONTENT_OF_EACH));
  orderMigrationContract("PostgreSQL", formerStore(WITHOUT_PUSHES));
  ledgerMigrationContract("PostgreSQL", formerStore(NO_CHAIN));
}
