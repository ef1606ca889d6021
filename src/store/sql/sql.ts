/** A value that a statement is given. Lists go in as JSON. */
export type Value = string | number | null;

/** One statement in the SQL that SQLite and PostgreSQL share, as {@link forPostgres} and {@link forSqlite} spell it. */
export interface Statement {
  /**
   * Tables are named `main.table`, values `$1`, `$2`, …; `GIVEN($1)` is a table with one column `value`, an object for
   * each entry of a JSON array. `FOR UPDATE` is left out where one connection does everything. `INDEXED BY` and the order of a
   * `CROSS JOIN` are for SQLite, which knows no more of a table than what it declares
   * (https://sqlite.org/optoverview.html); PostgreSQL counts.
   * A table `WITHOUT ROWID` is kept by its key alone in SQLite.
   * `DIGEST(text)` is the same for the same text; `SEEN_AT(record)` is that field of a record.
   */
  readonly sql: string;
  readonly values: readonly Value[];
}

export type Row = Readonly<Record<string, unknown>>;

/** A database that runs statements in one transaction, wholly or not at all, and answers with the rows of each. */
export interface Database {
  run(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]>;
}

/** Statements of which the answers decide what comes next: each step runs some, and goes on with the rows of each. */
export type Steps<T> = Generator<readonly Statement[], T, readonly (readonly Row[])[]>;

export interface Transactions {
  /** Runs all steps in one transaction, wholly or not at all. They may be begun anew. */
  transact<T>(steps: () => Steps<T>): Promise<T>;
}

export function statement(sql: string, ...values: readonly Value[]): Statement {
  return { sql, values };
}

/** A list as `GIVEN` reads it. */
export function given(items: readonly object[]): string {
  return JSON.stringify(items);
}

export function forSqlite(sql: string): string {
  return sql
    .replace(/\bGIVEN\((\$\d+)\)/g, "json_each($1) AS given")
    .replace(/^(CREATE INDEX \w+ ON )main\./, "$1")
    .replace(/\bBIGINT\b/g, "INTEGER")
    .replace(/\bFOR UPDATE( SKIP LOCKED)?/g, "")
    .replace(/\bDIGEST\(/g, "countersign_digest(")
    .replace(/\bSEEN_AT\(([a-z.]+)\)/g, "($1 ->> 'seenAt')")
    .replace(/\$(\d+)/g, "?$1");
}

export function forPostgres(sql: string): string {
  return sql
    .replace(/\bmain\./g, "countersign.")
    .replace(/ WITHOUT ROWID$/, "")
    .replace(/ INDEXED BY \w+/g, "")
    .replace(/\bGIVEN\((\$\d+)\)/g, "json_array_elements($1::json) AS given (value)")
    .replace(/\bDIGEST\(([a-z.]+)\)/g, "encode(sha256(convert_to($1, 'UTF8')), 'hex')")
    .replace(/\bSEEN_AT\(([a-z.]+)\)/g, "($1::json ->> 'seenAt')");
}

/** The rows of one statement. */
export async function rowsOf(database: Database, one: Statement): Promise<readonly Row[]> {
  const [rows = []] = await database.run([one]);
  return rows;
}

/** No statement for no rows. */
export function some<T>(
  items: readonly T[],
  make: (rows: string) => Statement,
  row: (item: T, place: number) => object,
): readonly Statement[] {
  return items.length === 0 ? [] : [make(given(items.map(row)))];
}

/** Records are written by this folder alone, as the type they are read back as. */
export function record<T>(row: Row): T {
  return JSON.parse(String(row.record)) as T;
}
