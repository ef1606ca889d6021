/**
 * Comments that were heard to hold a command, each by its id, so that it serves once. `state`: `heard`; `open` is a line
 * for an override that may count, `ended` one that does no more, whatever becomes true again. What came to nothing is
 * forgotten. `command_answer`: who was told once why nothing came of a command.
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
  )`,
  "CREATE INDEX command_by_pull ON main.command (repository, pull, state)",
  `CREATE TABLE main.command_answer (
    repository BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    account BIGINT NOT NULL,
    PRIMARY KEY (repository, pull, account)
  )`,
];
