/** record: what was learnt of the version of the server that answered last. */
export const SERVER: readonly string[] = [
  "CREATE TABLE main.server (id BIGINT NOT NULL PRIMARY KEY, record TEXT NOT NULL)",
];
