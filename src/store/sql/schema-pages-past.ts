/** What the page of a repository tells of its past: who answered hazards, and how long changes waited. */
export const PAGES_PAST: readonly string[] = [
  `CREATE INDEX ledger_answers ON main.ledger_entry (repository, installation, seq) WHERE kind = 'answer'`,
  `CREATE INDEX ledger_signatures ON main.ledger_entry (repository, installation, seq) WHERE kind = 'countersignature'`,
];
