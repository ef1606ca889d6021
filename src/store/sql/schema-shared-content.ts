/**
 * What approvals covered, once for all that covered the same. `content` of an approval is the digest of it; null where
 * the record of an earlier version holds it itself.
 */
export const SHARED_CONTENT: readonly string[] = [
  `CREATE TABLE main.content (
    repository BIGINT NOT NULL,
    digest TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (repository, digest)
  )`,
  "ALTER TABLE main.approval ADD COLUMN content TEXT",
];
