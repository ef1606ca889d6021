/** The signals that the config in force of each repository adds to the catalogue, for texts that nobody can read later. */
export const SIGNALS: readonly string[] = [
  "CREATE TABLE main.configured_signals (repository BIGINT PRIMARY KEY, record TEXT NOT NULL)",
];
