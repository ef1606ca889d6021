/**
 * Keys of people, who vouched for them, what is shown to be signed and what was signed. A code is known by its hash, and
 * only once it was used.
 */
export const PASSKEYS: readonly string[] = [
  // state: what the authenticator said of it last, where it was used. used_for: the hash of the statement that it signed last. A removed key stays, so that nobody enrols it again.
  `CREATE TABLE main.passkey (
    installation BIGINT NOT NULL,
    id TEXT NOT NULL,
    account BIGINT NOT NULL,
    record TEXT NOT NULL,
    counter BIGINT NOT NULL,
    state TEXT,
    used_for TEXT,
    removed_at BIGINT,
    PRIMARY KEY (installation, id)
  ) WITHOUT ROWID`,
  `CREATE TABLE main.passkey_vouch (
    installation BIGINT NOT NULL,
    id TEXT NOT NULL,
    with_key TEXT NOT NULL,
    record TEXT NOT NULL,
    proof TEXT NOT NULL,
    PRIMARY KEY (installation, id, with_key)
  ) WITHOUT ROWID`,
  `CREATE TABLE main.passkey_statement (
    challenge TEXT NOT NULL PRIMARY KEY,
    installation BIGINT NOT NULL,
    account BIGINT NOT NULL,
    record TEXT NOT NULL,
    until BIGINT NOT NULL,
    used_at BIGINT
  ) WITHOUT ROWID`,
  "CREATE INDEX passkey_statement_by_account ON main.passkey_statement (installation, account)",
  `CREATE TABLE main.passkey_signature (
    repository BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    challenge TEXT NOT NULL,
    record TEXT NOT NULL,
    proof TEXT NOT NULL,
    PRIMARY KEY (repository, pull, challenge)
  ) WITHOUT ROWID`,
  `CREATE TABLE main.passkey_code (
    installation BIGINT NOT NULL,
    hash TEXT NOT NULL,
    spent_at BIGINT NOT NULL,
    PRIMARY KEY (installation, hash)
  ) WITHOUT ROWID`,
];
