/** Who could sign through each owner, by the last reading, and who could before. */
export const SIGNERS: readonly string[] = [
  `CREATE TABLE main.signer_set (
    repository BIGINT NOT NULL,
    owner TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (repository, owner)
  ) WITHOUT ROWID`,
];
