import { chmodSync, closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";

const OWNER_ALONE = 0o600;

/** Made by us. SQLite gives those below the mode of the database. */
const MADE = ["countersign.lock", "countersign.sqlite"] as const;
const MADE_BY_SQLITE = ["countersign.sqlite-wal", "countersign.sqlite-shm"] as const;

/**
 * The files of the store are for their owner alone, whatever the mode of the folder and whoever made them. One that
 * exists is not opened here: closing it would take the locks from who has it open in this process.
 */
export function closeToOthers(folder: string): void {
  for (const path of MADE.map((name) => join(folder, name)))
    if (!existsSync(path)) closeSync(openSync(path, "wx", OWNER_ALONE));
  for (const path of [...MADE, ...MADE_BY_SQLITE].map((name) => join(folder, name)))
    if (existsSync(path)) chmodSync(path, OWNER_ALONE);
}
