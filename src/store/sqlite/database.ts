import { createHash } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type Database, forSqlite, type Row, type Statement, type Transactions } from "../sql/sql.ts";
import { transaction } from "./transaction.ts";

/** Runs one statement at once, in whatever transaction is open. */
export type Execute = (statement: Statement) => readonly Row[];

export function sqliteExecutor(database: DatabaseSync): Execute {
  database.function("countersign_digest", (text) => createHash("sha256").update(String(text)).digest("hex"));
  const prepared = new Map<string, StatementSync>();
  return ({ sql, values }) => {
    const ready = prepared.get(sql) ?? database.prepare(forSqlite(sql));
    prepared.set(sql, ready);
    return ready.all(...values);
  };
}

export function sqliteDatabase(database: DatabaseSync, execute: Execute): Database & Transactions {
  return {
    run: async (statements) => {
      const [one] = statements;
      if (one !== undefined && statements.length === 1) return [execute(one)];
      return transaction(database, () => statements.map(execute));
    },

    transact: async (steps) =>
      transaction(database, () => {
        const running = steps();
        let step = running.next();
        while (!step.done) step = running.next(step.value.map(execute));
        return step.value;
      }),
  };
}
