import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** A second process wants the folder of a running one. */
class StoreInUse extends Error {
  override readonly name = "StoreInUse";

  constructor(folder: string) {
    super(
      `${folder} is used by another running Countersign; stop that one, or give this one its own COUNTERSIGN_DATA`,
    );
  }
}

/**
 * Holds a folder for this process alone until the returned function is called. It is a lock of the operating
 * system, so a killed process leaves nothing behind that somebody would have to clear.
 */
export function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, "countersign.lock"));
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new StoreInUse(folder);
    throw error;
  }
  return () => lock.close();
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return typeof error === "object" && error !== null && "errcode" in error && error.errcode === SQLITE_BUSY;
}
