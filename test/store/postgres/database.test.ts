import { describe, expect, test } from "@jest/globals";
import type { Pool, Prepared } from "pg";
import { postgresDatabase } from "../../../src/store/postgres/database.ts";
import { statement } from "../../../src/store/sql/sql.ts";

/** A database that notes what it is sent, and answers when it is told to. */
class SlowDatabase {
  readonly sent: string[] = [];
  readonly #waiting: ((answer: Error | null) => void)[] = [];

  get pool(): Pool {
    const query = (asked: string | Prepared) => {
      this.sent.push(typeof asked === "string" ? asked : asked.text);
      return new Promise((resolve, reject) => {
        this.#waiting.push((error) => (error ? reject(error) : resolve({ rows: [{ at: asked }] })));
      });
    };
    const client = { query, on: () => {}, off: () => {}, release: () => {} };
    return { query, connect: async () => client } as unknown as Pool;
  }

  /** Answers all that was sent until now, and lets what that leads to be sent. */
  async answers(...failures: readonly (Error | undefined)[]): Promise<readonly string[]> {
    for (const [place, settle] of this.#waiting.splice(0).entries()) settle(failures[place] ?? null);
    return this.arrived();
  }

  async arrived(): Promise<readonly string[]> {
    await new Promise((resolve) => setImmediate(resolve));
    return this.sent.splice(0);
  }
}

const THREE = [1, 2, 3].map((place) => statement(`SELECT ${place} FROM main.job`));

describe("statements in PostgreSQL", () => {
  test("go there together, once the transaction has begun, and are answered in three turns", async () => {
    const database = new SlowDatabase();
    const done = postgresDatabase(database.pool).run(THREE);
    expect(await database.arrived()).toEqual(["BEGIN ISOLATION LEVEL READ COMMITTED"]);
    expect(await database.answers()).toEqual(
      [1, 2, 3].map((place) => `SELECT ${place} FROM countersign.job`),
    );
    expect(await database.answers()).toEqual(["COMMIT"]);
    await database.answers();
    expect(await done).toHaveLength(3);
  });

  test("are rolled back where one of them fails, for the reason of the first", async () => {
    const database = new SlowDatabase();
    const done = postgresDatabase(database.pool).run(THREE);
    const outcome = expect(done).rejects.toThrow("deadlock detected");
    await database.arrived();
    await database.answers();
    const failures = [undefined, new Error("deadlock detected"), new Error("transaction is aborted")];
    expect(await database.answers(...failures)).toEqual(["ROLLBACK"]);
    await database.answers();
    await outcome;
  });

  test.each([
    ["one of them", THREE.slice(0, 1), ["SELECT 1 FROM countersign.job"]],
    ["none", [], []],
  ])("%s needs no transaction", async (_, statements, sent) => {
    const database = new SlowDatabase();
    const done = postgresDatabase(database.pool).run(statements);
    expect(await database.arrived()).toEqual(sent);
    await database.answers();
    expect(await done).toHaveLength(statements.length);
  });
});
