import type { Pool, PoolClient } from "pg";

/** Whoever can run a statement: a pool, or one connection inside a transaction. */
export type Queryable = Pick<PoolClient, "query">;

/** Runs `work` wholly or not at all, and resolves once the commit is on the server's disk. It may run several times. */
export function transaction<T>(pool: Pool, work: (client: Queryable) => Promise<T>): Promise<T> {
  return again(() => once(pool, work));
}

/** The pool, for statements that are transactions of their own. */
export function single(pool: Pool): Queryable {
  return { query: (sql, values) => again(() => pool.query(sql, values)) };
}

/**
 * What the server ends a transaction with so that another can go on: of two that wait for each other one is the victim,
 * and where a database is set up to serialize them, one of two that overlap (PostgreSQL, appendix A).
 */
const VICTIM: ReadonlySet<unknown> = new Set(["40P01", "40001"]);

/** A victim had to wait before, so it begins again at once; what is one as often as this is not one by chance. */
const MOST_TRIES = 10;

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === MOST_TRIES || !(error instanceof Error && "code" in error && VICTIM.has(error.code)))
        throw error;
    }
  }
}

async function once<T>(pool: Pool, work: (client: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  client.on("error", toldByStatement);
  try {
    // Each statement sees what was there when the locks before it were taken, however the database is set up.
    await client.query("BEGIN ISOLATION LEVEL READ COMMITTED");
    const result = await work(client);
    await client.query("COMMIT");
    client.off("error", toldByStatement);
    client.release();
    return result;
  } catch (error) {
    await giveUp(client);
    throw error;
  }
}

/** A connection in use that breaks says so beside failing the statement: nobody else is told, and the process goes on. */
function toldByStatement(): void {}

/** The answers to statements that were sent one behind the other. The transaction goes on once all have been answered. */
export async function allAnswers<T>(sent: readonly Promise<T>[]): Promise<readonly T[]> {
  const answers = await Promise.allSettled(sent);
  return answers.map((answer) => {
    // The server refuses what comes behind a statement that failed: the first failure is the reason.
    if (answer.status === "rejected") throw answer.reason;
    return answer.value;
  });
}

/** A connection that cannot roll back is closed, and the server rolls back for it. */
async function giveUp(client: PoolClient): Promise<void> {
  try {
    await client.query("ROLLBACK");
    client.off("error", toldByStatement);
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : new Error(String(error)));
  }
}
