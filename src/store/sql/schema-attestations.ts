/**
 * What statements are signed with, and the signed statements. `slot` is empty for the key that signs and the key's id for
 * the others, so that no two processes make one each. `private_key` is null for one that is kept elsewhere or signs no more.
 */
export const ATTESTATIONS: readonly string[] = [
  `CREATE TABLE main.signing_key (
    slot TEXT PRIMARY KEY,
    keyid TEXT NOT NULL,
    public_key TEXT NOT NULL,
    private_key TEXT,
    made_at BIGINT NOT NULL,
    revoked_at BIGINT
  ) WITHOUT ROWID`,
  `CREATE TABLE main.attestation (
    digest TEXT PRIMARY KEY,
    repository BIGINT NOT NULL,
    commit_sha TEXT NOT NULL,
    bundle TEXT NOT NULL
  ) WITHOUT ROWID`,
];
