/**
 * What was heard of changes around pull requests, each by when it was heard last, in milliseconds. rewritten_branch:
 * branches that were force-pushed. lost_right: who lost a right, in a repository or, with the repository 0, anywhere.
 */
export const SURROUNDINGS: readonly string[] = [
  `CREATE TABLE main.rewritten_branch (
    repository BIGINT NOT NULL,
    branch TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (repository, branch)
  ) WITHOUT ROWID`,
  `CREATE TABLE main.lost_right (
    installation BIGINT NOT NULL,
    repository BIGINT NOT NULL,
    account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (installation, repository, account)
  ) WITHOUT ROWID`,
];
