/**
 * What the pages show, and who is logged in there. `since`: when the verdict got its conclusion. A session is known by a
 * digest of what the browser has; so is a login that was used.
 */
export const PAGES: readonly string[] = [
  `CREATE TABLE main.shown_verdict (
    repository BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    head_sha TEXT NOT NULL,
    conclusion TEXT NOT NULL,
    judged_at BIGINT NOT NULL,
    since BIGINT NOT NULL,
    summary TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (repository, pull)
  ) WITHOUT ROWID`,
  `CREATE TABLE main.page_session (
    id TEXT PRIMARY KEY,
    account BIGINT NOT NULL,
    login TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
  ) WITHOUT ROWID`,
  "CREATE TABLE main.used_login (id TEXT PRIMARY KEY, until BIGINT NOT NULL) WITHOUT ROWID",
  "CREATE INDEX ledger_entry_by_pull ON main.ledger_entry (repository, pull)",
  `CREATE INDEX ledger_exceptions ON main.ledger_entry (repository)
    WHERE kind IN ('override', 'freeze', 'follow-up', 'bypass')`,
];
