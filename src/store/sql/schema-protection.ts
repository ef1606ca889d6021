/** What was found at the last look at the rules of a repository's branches: `yes`, `no` or `unknown`, and the whole. */
export const PROTECTION: readonly string[] = [
  `CREATE TABLE main.protection (
    repository BIGINT NOT NULL PRIMARY KEY,
    looked_at BIGINT NOT NULL,
    required TEXT NOT NULL,
    pinned TEXT NOT NULL,
    record TEXT NOT NULL
  )`,
];
