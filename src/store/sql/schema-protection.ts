/**
 * What was found at the last look at the rules of a repository's branches. `required` and `pinned`: `yes`, `no` or
 * `unknown`; `branches`: what the check tells of each.
 */
export const PROTECTION: readonly string[] = [
  `CREATE TABLE main.protection (
    repository BIGINT NOT NULL PRIMARY KEY,
    looked_at BIGINT NOT NULL,
    required TEXT NOT NULL,
    pinned TEXT NOT NULL,
    branches TEXT NOT NULL,
    findings TEXT NOT NULL
  )`,
];
