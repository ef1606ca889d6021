/** The commits, and whatever else evidence and participants are kept of, that a commit was made of by a merge. */
export const SOURCES: readonly string[] = [
  `CREATE TABLE main.commit_source (
    repository BIGINT NOT NULL,
    sha TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (repository, sha, source)
  )`,
  "CREATE INDEX commit_source_by_source ON main.commit_source (repository, source)",
];
