/** A table by its name, with its columns as they are declared and those that make its key. */
interface Kept {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: string;
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
];

/**
 * What strangers make the store keep most of holds its key once: SQLite else keeps it in the table and in an index, and
 * the key is half of a row.
 */
export const ONE_KEY: readonly string[] = TABLES.flatMap(({ name, columns, key }) => {
  const names = columns.map((column) => column.split(" ")[0]).join(", ");
  return [
    `ALTER TABLE ${name} RENAME TO former_${name}`,
    `CREATE TABLE ${name} (${columns.join(", ")}, PRIMARY KEY (${key})) STRICT, WITHOUT ROWID`,
    `INSERT INTO ${name} (${names}) SELECT ${names} FROM former_${name}`,
    `DROP TABLE former_${name}`,
  ];
});
