import type { Pool } from "pg";
import { type Database, forPostgres, type Row, type Statement } from "../sql/sql.ts";
import { type Queryable, single, transaction } from "./transaction.ts";

const spelled = new Map<string, string>();

/** Runs one statement, in whatever transaction the connection is in. */
export async function execute(client: Queryable, { sql, values }: Statement): Promise<readonly Row[]> {
  const own = spelled.get(sql) ?? forPostgres(sql);
  spelled.set(sql, own);
  return (await client.query(own, values)).rows;
}

export function postgresDatabase(pool: Pool): Database {
  return {
    run: async (statements) => {
      const [one] = statements;
      if (one !== undefined && statements.length === 1) return [await execute(single(pool), one)];
      return transaction(pool, async (client) => {
        const answers: (readonly Row[])[] = [];
        for (const each of statements) answers.push(await execute(client, each));
        return answers;
      });
    },
  };
}
