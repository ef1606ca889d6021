/**
 * The ledger as a chain for each installation. What earlier versions wrote waits in `ledger` until it is chained, and so
 * does what comes meanwhile: so they stay in order. Of what a replica of an earlier version writes there, the
 * installation is not told.
 */
export const LEDGER: readonly string[] = [
  "ALTER TABLE main.ledger ADD COLUMN installation BIGINT",
  "ALTER TABLE main.ledger ADD COLUMN repository_id BIGINT",
  "ALTER TABLE main.ledger ADD COLUMN happened_at TEXT",
  "DROP INDEX main.ledger_by_pull",

  // Its last entry: whoever appends holds this row. removable_through: a checkpoint says that entries up to this one may
  // be removed.
  `CREATE TABLE main.ledger_chain (
    installation BIGINT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    removable_through BIGINT NOT NULL DEFAULT 0
  )`,

  // Rows are longer than a key table holds well. name: the repository's, as it was.
  `CREATE TABLE main.ledger_entry (
    installation BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    at TEXT NOT NULL,
    happened_at TEXT,
    repository BIGINT,
    name TEXT,
    pull BIGINT,
    head_sha TEXT,
    kind TEXT NOT NULL,
    carried_over BIGINT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (installation, seq)
  )`,
  "CREATE INDEX ledger_entry_by_head ON main.ledger_entry (repository, head_sha)",

  // The texts of an entry that can be erased, with their keys.
  `CREATE TABLE main.ledger_text (
    installation BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (installation, seq)
  ) WITHOUT ROWID`,

  // Up to where whoever listens was told, and who tells them now.
  `CREATE TABLE main.audit_cursor (
    sink TEXT NOT NULL,
    installation BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (sink, installation)
  ) WITHOUT ROWID`,
  `CREATE TABLE main.audit_turn (
    sink TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    held_until BIGINT NOT NULL
  ) WITHOUT ROWID`,
];

const REFUSAL = "the ledger is append-only";

export const LEDGER_IN_SQLITE: readonly string[] = [
  "DROP TRIGGER ledger_keeps_all_entries",
  `CREATE TRIGGER ledger_entry_stays BEFORE UPDATE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`,
  `CREATE TRIGGER ledger_entry_is_kept BEFORE DELETE ON ledger_entry
    WHEN OLD.seq > coalesce((
      SELECT removable_through FROM ledger_chain WHERE installation = OLD.installation), 0)
    BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`,
];

export const LEDGER_IN_POSTGRES: readonly string[] = [
  "DROP TRIGGER ledger_keeps_entries ON countersign.ledger",
  `CREATE TRIGGER ledger_keeps_entries BEFORE UPDATE OR TRUNCATE ON countersign.ledger
    EXECUTE FUNCTION countersign.refuse_change()`,
  `CREATE TRIGGER ledger_entry_stays BEFORE UPDATE OR TRUNCATE ON countersign.ledger_entry
    EXECUTE FUNCTION countersign.refuse_change()`,
  `CREATE FUNCTION countersign.refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.seq > coalesce((SELECT removable_through FROM countersign.ledger_chain
          WHERE installation = OLD.installation), 0) THEN
        RAISE EXCEPTION '${REFUSAL}';
      END IF;
      RETURN OLD;
    END $$`,
  `CREATE TRIGGER ledger_entry_is_kept BEFORE DELETE ON countersign.ledger_entry
    FOR EACH ROW EXECUTE FUNCTION countersign.refuse_removal()`,
];
