import type { Pool, PoolClient } from "pg";

/** Whoever can run a statement: a pool, or one connection inside a transaction. */
export type Queryable = Pick<PoolClient, "query">;

/** Runs `work` wholly or not at all, and resolves once the commit is on the server's disk. */
export async function transaction<T>(pool: Pool, work: (client: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    await giveUp(client);
    throw error;
  }
}

/** A connection that cannot roll back is closed, and the server rolls back for it. */
async function giveUp(client: PoolClient): Promise<void> {
  try {
    await client.query("ROLLBACK");
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : new Error(String(error)));
  }
}
