import { createHash } from "node:crypto";
import { afterAll } from "@jest/globals";
import { Pool } from "pg";
import { MIGRATIONS } from "../../../src/store/postgres/migrations.ts";
import { openPostgresStore } from "../../../src/store/postgres/postgres.ts";
import { migrationContract } from "../migration-contract.ts";
import { startPostgres } from "./postgres-server.ts";

/** The schema when memory was kept by name. */
const FORMER_VERSION = 3;

const server = await startPostgres();
afterAll(() => server?.stop());

/** What only this engine kept. */
function ownColumns(table: string, record: unknown): Readonly<Record<string, string | boolean>> {
  if (table === "published_check") return { signed: true };
  if (table === "evidence") return { digest: createHash("sha256").update(String(record)).digest("hex") };
  return {};
}

if (server) {
  migrationContract("PostgreSQL", async () => {
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
    await pool.query("INSERT INTO countersign.schema_version VALUES ($1)", [FORMER_VERSION]);
    for (const sql of MIGRATIONS.slice(0, FORMER_VERSION)) await pool.query(sql);
    return {
      insert: async (table, row) => {
        const all = { ...row, ...ownColumns(table, row.record) };
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
  });
}
