/**
 * What time has to do with pull requests: how long things have stood in the open, when authors were last heard of, the
 * places in the lines of areas, and whose reviews are waited for. Nothing of it is kept of what is closed.
 */
export const TIME: readonly string[] = [
  // clocks: null where nothing is timed. active_at: when the author last pushed or replied.
  `CREATE TABLE main.pull_time (
    repository BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    clocks TEXT,
    active_at TEXT,
    PRIMARY KEY (repository, pull)
  ) WITHOUT ROWID`,
  // most: about how many changes the area's people are asked at once, by the config of that moment. outside: 1 where the
  // author may not write to the repository.
  `CREATE TABLE main.line_place (
    repository BIGINT NOT NULL,
    area TEXT NOT NULL,
    pull BIGINT NOT NULL,
    since TEXT NOT NULL,
    asked BIGINT NOT NULL,
    most BIGINT NOT NULL,
    outside BIGINT NOT NULL,
    PRIMARY KEY (repository, area, pull)
  ) WITHOUT ROWID`,
  `CREATE TABLE main.waiting_review (
    repository BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    account BIGINT NOT NULL,
    installation BIGINT NOT NULL,
    PRIMARY KEY (repository, pull, account)
  ) WITHOUT ROWID`,
  "CREATE INDEX waiting_review_by_installation ON main.waiting_review (installation, repository, account)",
];
