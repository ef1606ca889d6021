/**
 * `kept_for`: how many bytes the store keeps because of an account, by day. `dropped_record`: that something was seen
 * whose record is not kept; `subject` is the beginning of a commit's id, or "#12" for what a pull request told.
 */
export const CAPS: readonly string[] = [
  `CREATE TABLE main.kept_for (
    repository BIGINT NOT NULL,
    account BIGINT NOT NULL,
    day TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (repository, account, day)
  )`,
  `CREATE TABLE main.dropped_record (
    repository BIGINT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (repository, subject)
  )`,
];
