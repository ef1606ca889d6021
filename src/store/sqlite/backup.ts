import { chmodSync, closeSync, linkSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { requireCurrentSchema } from "./migrations.ts";

const OWNER_ALONE = 0o600;

/** What a backup holds. */
export interface Backup {
  /** Entries of the ledger that are in a chain. */
  readonly entries: number;
  /** Entries of earlier versions that are in none yet: they are held with their names. */
  readonly unchained: number;
}

/**
 * Copies the embedded store to a new file, for its owner alone, while the App goes on. The texts of the ledger that can
 * be erased stay out: whoever erased one erased it from every backup. So does the private part of the signing key: a store
 * that is restored makes a new one. Throws where the file is there.
 * @throws {NewerSchema | OlderSchema}
 */
export async function backupSqliteStore(folder: string, file: string): Promise<Backup> {
  const unfinished = `${file}.unfinished`;
  closeSync(openSync(unfinished, "wx", OWNER_ALONE));
  try {
    const source = new DatabaseSync(join(folder, "countersign.sqlite"), { readOnly: true, timeout: 5000 });
    try {
      requireCurrentSchema(source);
      // All at once: what is written meanwhile would have it begin anew.
      await backup(source, unfinished, { rate: ALL_PAGES });
    } finally {
      source.close();
    }
    chmodSync(unfinished, OWNER_ALONE);
    const made = withoutTexts(unfinished);
    // Unlike a rename, this takes no other file's place.
    linkSync(unfinished, file);
    return made;
  } finally {
    for (const rest of ["", "-wal", "-shm", "-journal"]) rmSync(`${unfinished}${rest}`, { force: true });
  }
}

const ALL_PAGES = 2 ** 31 - 1;

function withoutTexts(file: string): Backup {
  const copy = new DatabaseSync(file);
  try {
    copy.exec("PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; DELETE FROM ledger_text");
    copy.exec("UPDATE signing_key SET private_key = NULL");
    copy.exec("VACUUM");
    const count = (table: string) =>
      Number(copy.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.rows);
    return { entries: count("ledger_entry"), unchained: count("ledger") };
  } finally {
    copy.close();
  }
}
