import type { Pool, Prepared } from "pg";
import { type Database, forPostgres, type Row, type Statement, type Transactions } from "../sql/sql.ts";
import { allAnswers, type Queryable, single, transaction } from "./transaction.ts";

const names = new Map<string, string>();

/** A statement under a name by which each connection parses it only once. Its text is one of a few. */
export function named(text: string, values: readonly unknown[] = []): Prepared {
  const name = names.get(text) ?? `statement_${names.size}`;
  names.set(text, name);
  return { name, text, values };
}

const spelled = new Map<string, string>();

/** As PostgreSQL spells it. */
function prepared({ sql, values }: Statement): Prepared {
  const text = spelled.get(sql) ?? forPostgres(sql);
  spelled.set(sql, text);
  return named(text, values);
}

/** Runs one statement, in whatever transaction the connection is in. */
export async function execute(client: Queryable, statement: Statement): Promise<readonly Row[]> {
  return (await client.query(prepared(statement))).rows;
}

export function postgresDatabase(pool: Pool): Database & Transactions {
  return {
    run: async (statements) => {
      const [one] = statements;
      if (one === undefined) return [];
      if (statements.length === 1) return [await execute(single(pool), one)];
      // None needs another's answer, so none waits for it.
      return transaction(pool, (client) => allAnswers(statements.map((each) => execute(client, each))));
    },

    transact: (steps) =>
      transaction(pool, async (client) => {
        const running = steps();
        let step = running.next();
        while (!step.done)
          step = running.next(await allAnswers(step.value.map((each) => execute(client, each))));
        return step.value;
      }),
  };
}
