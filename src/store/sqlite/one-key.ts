/** A table by its name, with its columns as they are declared and those that make its key. */
interface Kept {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: string;
  /** Of an index, by the columns it begins with. */
  readonly indexes?: Readonly<Record<string, string>>;
}

const TABLES: readonly Kept[] = [
  {
    name: "participant",
    columns: [
      "repository INTEGER NOT NULL",
      "subject TEXT NOT NULL",
      "role TEXT NOT NULL",
      "account INTEGER NOT NULL",
      "push TEXT NOT NULL",
      "record TEXT NOT NULL",
    ],
    key: "repository, subject, role, account, push",
  },
  {
    name: "invalidation",
    columns: ["fact TEXT NOT NULL", "number INTEGER NOT NULL", "at INTEGER NOT NULL", "learnt_by TEXT"],
    key: "fact",
  },
  {
    name: "pass_fact",
    columns: [
      "fact TEXT NOT NULL",
      "repository INTEGER NOT NULL",
      "head_sha TEXT NOT NULL",
      "intention TEXT NOT NULL",
      "name TEXT NOT NULL DEFAULT 'countersign'",
    ],
    key: "fact, repository, head_sha, name, intention",
    indexes: { pass_fact_by_head: "repository, head_sha, name, intention" },
  },
];

/**
 * What most is kept of holds its key once: SQLite else keeps it in the table and in an index, and the key is half of a
 * row, or all of it.
 */
export const ONE_KEY: readonly string[] = TABLES.flatMap(({ name, columns, key, indexes = {} }) => {
  const names = columns.map((column) => column.split(" ")[0]).join(", ");
  return [
    `ALTER TABLE ${name} RENAME TO former_${name}`,
    `CREATE TABLE ${name} (${columns.join(", ")}, PRIMARY KEY (${key})) WITHOUT ROWID`,
    `INSERT INTO ${name} (${names}) SELECT ${names} FROM former_${name}`,
    `DROP TABLE former_${name}`,
    ...Object.entries(indexes).map(([index, on]) => `CREATE INDEX ${index} ON ${name} (${on})`),
  ];
});
