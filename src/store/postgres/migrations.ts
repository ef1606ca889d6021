import type { Pool } from "pg";
import { NewerSchema, requireSchema } from "../newer-schema.ts";
import { BY_REPOSITORY_ID } from "../sql/schema.ts";
import { CHECKS_BY_NAME } from "../sql/schema-by-name.ts";
import { CAPS } from "../sql/schema-caps.ts";
import { COMMANDS } from "../sql/schema-commands.ts";
import { HEAD_MOVES } from "../sql/schema-head-moves.ts";
import { LEARNT_BY } from "../sql/schema-learnt.ts";
import { LEDGER, LEDGER_IN_POSTGRES } from "../sql/schema-ledger.ts";
import { NOTICES } from "../sql/schema-notices.ts";
import { ORDER } from "../sql/schema-order.ts";
import { PAGES } from "../sql/schema-pages.ts";
import { PAGES_PAST } from "../sql/schema-pages-past.ts";
import { PASSKEYS } from "../sql/schema-passkeys.ts";
import { PROTECTION } from "../sql/schema-protection.ts";
import { SERVER } from "../sql/schema-server.ts";
import { SHARED_CONTENT } from "../sql/schema-shared-content.ts";
import { SIGNALS } from "../sql/schema-signals.ts";
import { SIGNERS } from "../sql/schema-signers.ts";
import { SIGNING_KEYS } from "../sql/schema-signing-keys.ts";
import { SOURCES } from "../sql/schema-sources.ts";
import { SURROUNDINGS } from "../sql/schema-surroundings.ts";
import { TIME } from "../sql/schema-time.ts";
import { WATCH } from "../sql/schema-watch.ts";
import { forPostgres } from "../sql/sql.ts";
import { type Queryable, transaction } from "./transaction.ts";

/** Forward only, in order; the position is the schema version. A released entry is never edited again. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE countersign.delivery (
    id text PRIMARY KEY,
    event text NOT NULL,
    action text,
    accepted_at bigint NOT NULL
  );
  CREATE INDEX delivery_by_age ON countersign.delivery (accepted_at);

  -- place is the order among jobs that were asked for together; holder, lease and leased_until are null while nobody works on the job.
  CREATE TABLE countersign.job (
    key text PRIMARY KEY,
    task text NOT NULL,
    urgency integer NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    generation integer NOT NULL DEFAULT 0,
    due_at bigint NOT NULL,
    place integer NOT NULL DEFAULT 0,
    holder integer,
    lease text,
    leased_until bigint,
    last_error text
  );
  CREATE INDEX job_by_urgency ON countersign.job (urgency, due_at);

  CREATE TABLE countersign.pull_request (
    repository text NOT NULL,
    pull integer NOT NULL,
    head_sha text NOT NULL,
    head_seen_at text NOT NULL,
    PRIMARY KEY (repository, pull)
  );
  CREATE INDEX pull_request_by_head ON countersign.pull_request (repository, head_sha);

  -- Records are text and not jsonb, which takes no NUL character and orders the fields anew.
  CREATE TABLE countersign.approval (
    repository text NOT NULL,
    pull integer NOT NULL,
    review_id bigint NOT NULL,
    record text NOT NULL,
    PRIMARY KEY (repository, pull, review_id)
  );

  -- The digest stands for the record, which is longer than an index takes.
  CREATE TABLE countersign.evidence (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    repository text NOT NULL,
    pull integer NOT NULL,
    digest text NOT NULL,
    record text NOT NULL,
    UNIQUE (repository, pull, digest)
  );

  CREATE TABLE countersign.published_check (
    repository text NOT NULL,
    head_sha text NOT NULL,
    check_run_id bigint NOT NULL,
    conclusion text NOT NULL,
    digest text NOT NULL,
    signed boolean NOT NULL,
    PRIMARY KEY (repository, head_sha)
  );

  CREATE TABLE countersign.ledger (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at text NOT NULL,
    repository text NOT NULL,
    pull integer,
    head_sha text,
    kind text NOT NULL,
    data text NOT NULL
  );
  CREATE INDEX ledger_by_pull ON countersign.ledger (repository, pull);
  CREATE FUNCTION countersign.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
  CREATE TRIGGER ledger_keeps_entries BEFORE UPDATE OR DELETE OR TRUNCATE ON countersign.ledger
    EXECUTE FUNCTION countersign.refuse_change();
  `,
  `
  CREATE TABLE countersign.participant (
    repository text NOT NULL,
    pull integer NOT NULL,
    role text NOT NULL,
    account bigint NOT NULL,
    record text NOT NULL,
    PRIMARY KEY (repository, pull, role, account)
  );
  `,
  `
  CREATE TABLE countersign.look (repository text PRIMARY KEY, record text NOT NULL);
  `,
  BY_REPOSITORY_ID.map(forPostgres).join(";\n"),
  CHECKS_BY_NAME.map(forPostgres).join(";\n"),
  SHARED_CONTENT.map(forPostgres).join(";\n"),
  LEARNT_BY.map(forPostgres).join(";\n"),
  CAPS.map(forPostgres).join(";\n"),
  PROTECTION.map(forPostgres).join(";\n"),
  HEAD_MOVES.map(forPostgres).join(";\n"),
  SIGNALS.map(forPostgres).join(";\n"),
  SOURCES.map(forPostgres).join(";\n"),
  COMMANDS.map(forPostgres).join(";\n"),
  // Nothing reads them.
  "ALTER TABLE countersign.delivery DROP COLUMN event, DROP COLUMN action",
  WATCH.map(forPostgres).join(";\n"),
  TIME.map(forPostgres).join(";\n"),
  NOTICES.map(forPostgres).join(";\n"),
  SURROUNDINGS.map(forPostgres).join(";\n"),
  SIGNERS.map(forPostgres).join(";\n"),
  ORDER.map(forPostgres).join(";\n"),
  SERVER.map(forPostgres).join(";\n"),
  [...LEDGER.map(forPostgres), ...LEDGER_IN_POSTGRES].join(";\n"),
  SIGNING_KEYS.map(forPostgres).join(";\n"),
  PASSKEYS.map(forPostgres).join(";\n"),
  PAGES.map(forPostgres).join(";\n"),
  PAGES_PAST.map(forPostgres).join(";\n"),
];

/** Any number; it only must not change, since replicas of two versions may start side by side. */
const MIGRATION_LOCK = 4_711_060_001;

/**
 * Brings the schema to the newest version in one transaction. Replicas that start together wait for one another.
 * @throws {NewerSchema}
 */
export async function migrate(pool: Pool): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await client.query("CREATE SCHEMA IF NOT EXISTS countersign");
    await client.query("CREATE TABLE IF NOT EXISTS countersign.schema_version (version integer NOT NULL)");
    const version = await schemaVersion(client);
    if (version > MIGRATIONS.length) throw new NewerSchema(version, MIGRATIONS.length);
    if (version === MIGRATIONS.length) return;
    for (const sql of MIGRATIONS.slice(version)) await client.query(sql);
    await client.query("DELETE FROM countersign.schema_version");
    await client.query("INSERT INTO countersign.schema_version VALUES ($1)", [MIGRATIONS.length]);
  });
}

/**
 * For readers, which do not migrate.
 * @throws {NewerSchema | OlderSchema}
 */
export async function requireCurrentSchema(pool: Pool): Promise<void> {
  requireSchema(await schemaVersion(pool), MIGRATIONS.length);
}

async function schemaVersion(client: Queryable): Promise<number> {
  const { rows } = await client.query("SELECT version FROM countersign.schema_version");
  return Number(rows[0]?.version ?? 0);
}
