/**
 * What statements are signed with, and the signed statements. `signs` is 1 for the key that signs and null for the others,
 * so that no two processes make one each. `private_key` is null for one that is kept elsewhere or signs no more.
 */
export const ATTESTATIONS: readonly string[] = [
  `CREATE TABLE main.signing_key (
    keyid TEXT PRIMARY KEY,
    signs BIGINT UNIQUE,
    public_key TEXT NOT NULL,
    private_key TEXT,
    made_at BIGINT NOT NULL,
    revoked_at BIGINT
  )`,
  `CREATE TABLE main.attestation (
    digest TEXT PRIMARY KEY,
    repository BIGINT NOT NULL,
    commit_sha TEXT NOT NULL,
    bundle TEXT NOT NULL
  )`,
];
