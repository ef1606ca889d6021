import type { Pool, Prepared } from "pg";
import { type Database, forPostgres, type Row, type Statement } from "../sql/sql.ts";
import { allAnswers, type Queryable, single, transaction } from "./transaction.ts";

const spelled = new Map<string, Pick<Prepared, "name" | "text">>();

/** As PostgreSQL spells it, under a name by which each connection parses it only once. */
function prepared({ sql, values }: Statement): Prepared {
  const own = spelled.get(sql) ?? { name: `statement_${spelled.size}`, text: forPostgres(sql) };
  spelled.set(sql, own);
  return { ...own, values };
}

/** Runs one statement, in whatever transaction the connection is in. */
export async function execute(client: Queryable, statement: Statement): Promise<readonly Row[]> {
  return (await client.query(prepared(statement))).rows;
}

export function postgresDatabase(pool: Pool): Database {
  return {
    run: async (statements) => {
      const [one] = statements;
      if (one === undefined) return [];
      if (statements.length === 1) return [await execute(single(pool), one)];
      // None needs another's answer, so none waits for it.
      return transaction(pool, (client) => allAnswers(statements.map((each) => execute(client, each))));
    },
  };
}
