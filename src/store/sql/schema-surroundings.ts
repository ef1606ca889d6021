/** Branches that were force-pushed, each by when that was heard last, in milliseconds. */
export const SURROUNDINGS: readonly string[] = [
  `CREATE TABLE main.rewritten_branch (
    repository BIGINT NOT NULL,
    branch TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (repository, branch)
  ) WITHOUT ROWID`,
];
