/**
 * What governed branches came to be, and by what. `rules`: the config as it was read last. `away`: the App is not
 * installed there now. `move`: GitHub's id of the last move that was judged.
 */
export const WATCH: readonly string[] = [
  `CREATE TABLE main.watched (
    repository BIGINT NOT NULL PRIMARY KEY,
    rules TEXT NOT NULL,
    read_at BIGINT NOT NULL,
    since BIGINT NOT NULL,
    swept_at BIGINT NOT NULL,
    away BIGINT NOT NULL DEFAULT 0
  )`,

  `CREATE TABLE main.watched_branch (
    repository BIGINT NOT NULL,
    branch TEXT NOT NULL,
    tip TEXT NOT NULL,
    move TEXT,
    PRIMARY KEY (repository, branch)
  ) WITHOUT ROWID`,

  // above: the commit that a merge group was built on. From the write on: one whose outcome is not known counts as one that succeeded. ended_at: since when GitHub shows it
  // no more. served_at: when a move of the branch was explained by it.
  `CREATE TABLE main.pass_record (
    repository BIGINT NOT NULL,
    head_sha TEXT NOT NULL,
    name TEXT NOT NULL,
    branch TEXT NOT NULL,
    content TEXT NOT NULL,
    above TEXT,
    publication TEXT NOT NULL,
    since BIGINT NOT NULL,
    ended_at BIGINT,
    served_at BIGINT,
    overridden BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (repository, head_sha, name, branch, content, publication)
  ) WITHOUT ROWID`,
  "CREATE INDEX pass_record_by_content ON main.pass_record (repository, content, branch)",

  `CREATE TABLE main.change_count (
    outcome TEXT NOT NULL,
    allowed BIGINT NOT NULL,
    changes BIGINT NOT NULL,
    PRIMARY KEY (outcome, allowed)
  ) WITHOUT ROWID`,
];
