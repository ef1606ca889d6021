/**
 * Comments that were heard to hold a command, each by its id, so that it serves once. `state`: `heard`; `open` is a line
 * for an override that may count, `ended` one that does no more, whatever becomes true again; `frozen` is a freeze,
 * `thawed` one that was lifted, `lift` a word for lifting one; `withdrawn` ended all lines that are older. What came to nothing is forgotten. `command_answer`: who
 * was told once why nothing came of a command.
 */
export const COMMANDS: readonly string[] = [
  `CREATE TABLE main.command (
    repository BIGINT NOT NULL,
    comment BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    account BIGINT NOT NULL,
    login TEXT NOT NULL,
    state TEXT NOT NULL,
    record TEXT,
    PRIMARY KEY (repository, comment)
  ) WITHOUT ROWID`,
  "CREATE INDEX command_by_pull ON main.command (repository, pull, state)",
  "CREATE INDEX command_by_state ON main.command (repository, state, comment)",
  // Who took part in a change that a freeze holds.
  `CREATE TABLE main.held_change (
    repository BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (repository, pull)
  ) WITHOUT ROWID`,
  `CREATE TABLE main.command_answer (
    repository BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    account BIGINT NOT NULL,
    PRIMARY KEY (repository, pull, account)
  ) WITHOUT ROWID`,
  // The head of a pull request that passes because people let it through, as it was last judged.
  `CREATE TABLE main.overridden_pass (
    repository BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    head_sha TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (repository, pull)
  ) WITHOUT ROWID`,
  // What got in without its owners. issue: where they are asked; record: all that is known of it.
  `CREATE TABLE main.follow_up (
    repository BIGINT NOT NULL,
    commit_sha TEXT NOT NULL,
    pull BIGINT,
    issue BIGINT,
    open BIGINT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (repository, commit_sha)
  ) WITHOUT ROWID`,
  "CREATE INDEX follow_up_open ON main.follow_up (open, repository)",
];
