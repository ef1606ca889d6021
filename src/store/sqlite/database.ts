import { createHash } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type Database, forSqlite, type Row, type Statement, type Transactions } from "../sql/sql.ts";
import type { Disk } from "./disk.ts";
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

/** What was written is on disk when its promise resolves; who only read waits for nothing. */
export function sqliteDatabase(
  database: DatabaseSync,
  execute: Execute,
  disk: Disk,
): Database & Transactions {
  const changes = database.prepare("SELECT total_changes() AS rows");
  const written = () => changes.get()?.rows;
  const durably = async <T>(work: () => T): Promise<T> => {
    const before = written();
    const result = work();
    if (written() !== before) await disk.settled();
    return result;
  };
  return {
    run: (statements) =>
      durably(() => {
        const [one] = statements;
        if (one !== undefined && statements.length === 1) return [execute(one)];
        return transaction(database, () => statements.map(execute));
      }),

    transact: (steps) =>
      durably(() =>
        transaction(database, () => {
          const running = steps();
          let step = running.next();
          while (!step.done) step = running.next(step.value.map(execute));
          return step.value;
        }),
      ),
  };
}
