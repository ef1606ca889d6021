import type { DatabaseSync } from "node:sqlite";
import { NewerSchema, requireSchema } from "../newer-schema.ts";
import { BY_REPOSITORY_ID } from "../sql/schema.ts";
import { CHECKS_BY_NAME } from "../sql/schema-by-name.ts";
import { CAPS } from "../sql/schema-caps.ts";
import { COMMANDS } from "../sql/schema-commands.ts";
import { HEAD_MOVES } from "../sql/schema-head-moves.ts";
import { LEARNT_BY } from "../sql/schema-learnt.ts";
import { LEDGER, LEDGER_IN_SQLITE } from "../sql/schema-ledger.ts";
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
import { forSqlite } from "../sql/sql.ts";
import { SHORT_DELIVERIES } from "./deliveries.ts";
import { ONE_KEY } from "./one-key.ts";
import { transaction } from "./transaction.ts";

/** Forward only, in order; the position is the schema version. A released entry is never edited again. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    event TEXT NOT NULL,
    action TEXT,
    accepted_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delivery_by_age ON delivery (accepted_at);

  -- lease and leased_until are null while nobody works on the job.
  CREATE TABLE job (
    key TEXT PRIMARY KEY,
    task TEXT NOT NULL,
    urgency INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    generation INTEGER NOT NULL DEFAULT 1,
    due_at INTEGER NOT NULL,
    lease TEXT,
    leased_until INTEGER,
    last_error TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX job_by_urgency ON job (urgency, due_at);

  CREATE TABLE pull_request (
    repository TEXT NOT NULL,
    pull INTEGER NOT NULL,
    head_sha TEXT NOT NULL,
    head_seen_at TEXT NOT NULL,
    PRIMARY KEY (repository, pull)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pull_request_by_head ON pull_request (repository, head_sha);

  CREATE TABLE approval (
    repository TEXT NOT NULL,
    pull INTEGER NOT NULL,
    review_id INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (repository, pull, review_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    repository TEXT NOT NULL,
    pull INTEGER NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (repository, pull, record)
  ) STRICT;

  CREATE TABLE published_check (
    repository TEXT NOT NULL,
    head_sha TEXT NOT NULL,
    check_run_id INTEGER NOT NULL,
    conclusion TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (repository, head_sha)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE ledger (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    repository TEXT NOT NULL,
    pull INTEGER,
    head_sha TEXT,
    kind TEXT NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX ledger_by_pull ON ledger (repository, pull);
  CREATE TRIGGER ledger_keeps_entries BEFORE UPDATE ON ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER ledger_keeps_all_entries BEFORE DELETE ON ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  `,
  `
  -- The order among jobs that were asked for together.
  ALTER TABLE job ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
  -- Of what was published before nobody knows, so it counts as signed: the careful reading.
  ALTER TABLE published_check ADD COLUMN signed INTEGER NOT NULL DEFAULT 1;
  `,
  `
  CREATE TABLE participant (
    repository TEXT NOT NULL,
    pull INTEGER NOT NULL,
    role TEXT NOT NULL,
    account INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (repository, pull, role, account)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE look (repository TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
  `,
  BY_REPOSITORY_ID.map(forSqlite).join(";\n"),
  CHECKS_BY_NAME.map(forSqlite).join(";\n"),
  SHARED_CONTENT.map(forSqlite).join(";\n"),
  LEARNT_BY.map(forSqlite).join(";\n"),
  CAPS.map(forSqlite).join(";\n"),
  PROTECTION.map(forSqlite).join(";\n"),
  HEAD_MOVES.map(forSqlite).join(";\n"),
  SIGNALS.map(forSqlite).join(";\n"),
  SOURCES.map(forSqlite).join(";\n"),
  COMMANDS.map(forSqlite).join(";\n"),
  SHORT_DELIVERIES,
  ONE_KEY.join(";\n"),
  WATCH.map(forSqlite).join(";\n"),
  TIME.map(forSqlite).join(";\n"),
  NOTICES.map(forSqlite).join(";\n"),
  SURROUNDINGS.map(forSqlite).join(";\n"),
  SIGNERS.map(forSqlite).join(";\n"),
  ORDER.map(forSqlite).join(";\n"),
  SERVER.map(forSqlite).join(";\n"),
  [...LEDGER.map(forSqlite), ...LEDGER_IN_SQLITE].join(";\n"),
  SIGNING_KEYS.map(forSqlite).join(";\n"),
  PASSKEYS.map(forSqlite).join(";\n"),
  PAGES.map(forSqlite).join(";\n"),
  PAGES_PAST.map(forSqlite).join(";\n"),
];

/** Brings the database to the newest schema, one transaction a step. */
export function migrate(database: DatabaseSync): void {
  const version = schemaVersion(database);
  if (version > MIGRATIONS.length) throw new NewerSchema(version, MIGRATIONS.length);
  for (const [step, sql] of MIGRATIONS.entries()) {
    if (step < version) continue;
    transaction(database, () => {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${step + 1}`);
    });
  }
}

/** For readers, which do not migrate. Throws `NewerSchema` or `OlderSchema`. */
export function requireCurrentSchema(database: DatabaseSync): void {
  requireSchema(schemaVersion(database), MIGRATIONS.length);
}

function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.user_version);
}
