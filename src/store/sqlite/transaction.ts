import type { DatabaseSync } from "node:sqlite";

/**
 * Runs `work` without waiting for the disk, for what may be lost with the power: what comes after is on disk only
 * together with it, so nothing but the end of the story is missing.
 */
export function withoutFsync<T>(database: DatabaseSync, work: () => T): T {
  database.exec("PRAGMA synchronous = NORMAL");
  try {
    return work();
  } finally {
    database.exec("PRAGMA synchronous = FULL");
  }
}

/** Runs `work` wholly or not at all. `work` must not await: the connection is shared. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
