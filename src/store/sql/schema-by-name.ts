/**
 * A commit may have several checks, each of its own name. What was published before the names were kept is the check
 * of every pull request.
 */
const NAME = "name TEXT NOT NULL DEFAULT 'countersign'";

interface Table {
  readonly name: string;
  /** Those that are copied, with their types. */
  readonly columns: Readonly<Record<string, string>>;
  /** By which rows are told apart, the name of the check aside. */
  readonly key: readonly string[];
}

const PLACE = { repository: "BIGINT NOT NULL", head_sha: "TEXT NOT NULL" } as const;

// What each column means is told where the tables were first made.
const TABLES: readonly Table[] = [
  {
    name: "published_check",
    columns: {
      ...PLACE,
      publication: "TEXT",
      check_run_id: "BIGINT",
      check_node_id: "TEXT",
      conclusion: "TEXT",
      digest: "TEXT",
      passing: "BIGINT NOT NULL DEFAULT 0",
      shown_at: "BIGINT",
      state: "TEXT NOT NULL",
      urgent: "BIGINT NOT NULL DEFAULT 0",
      in_group: "BIGINT NOT NULL DEFAULT 0",
      task: "TEXT NOT NULL",
      only_if: "TEXT",
      due_at: "BIGINT",
      attempts: "BIGINT NOT NULL DEFAULT 0",
      leased_at: "BIGINT",
      leased_until: "BIGINT",
    },
    key: ["repository", "head_sha", "name"],
  },
  {
    name: "intention",
    columns: {
      ...PLACE,
      id: "TEXT NOT NULL",
      passing: "BIGINT NOT NULL",
      doubted: "BIGINT NOT NULL DEFAULT 0",
      since: "BIGINT NOT NULL",
      written_until: "BIGINT NOT NULL",
    },
    key: ["repository", "head_sha", "name", "id"],
  },
  {
    name: "pass_fact",
    columns: { fact: "TEXT NOT NULL", ...PLACE, intention: "TEXT NOT NULL" },
    key: ["fact", "repository", "head_sha", "name", "intention"],
  },
];

/** No primary key can be changed in SQLite, so the rows move to new tables. */
export const CHECKS_BY_NAME: readonly string[] = [
  "DROP INDEX main.published_check_in_doubt",
  "DROP INDEX main.pass_fact_by_head",
  ...TABLES.flatMap(({ name, columns, key }) => {
    const all = Object.keys(columns).join(", ");
    const declared = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
    return [
      `ALTER TABLE main.${name} RENAME TO unnamed_${name}`,
      `CREATE TABLE main.${name} (${[...declared, NAME].join(", ")}, PRIMARY KEY (${key.join(", ")}))`,
      `INSERT INTO main.${name} (${all}) SELECT ${all} FROM main.unnamed_${name}`,
      `DROP TABLE main.unnamed_${name}`,
    ];
  }),
  `CREATE INDEX published_check_in_doubt ON main.published_check
    (in_group DESC, urgent DESC, due_at, repository, head_sha, name, leased_until) WHERE state = 'doubted'`,
  "CREATE INDEX pass_fact_by_head ON main.pass_fact (repository, head_sha, name, intention)",
];
