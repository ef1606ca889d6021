/**
 * What statements are signed with. `slot` is empty for the key that signs and the key's id for
 * the others, so that no two processes make one each. `private_key` is null for one that is kept elsewhere or signs no more.
 */
export const SIGNING_KEYS: readonly string[] = [
  `CREATE TABLE main.signing_key (
    slot TEXT PRIMARY KEY,
    keyid TEXT NOT NULL,
    public_key TEXT NOT NULL,
    private_key TEXT,
    made_at BIGINT NOT NULL,
    revoked_at BIGINT
  ) WITHOUT ROWID`,
];
