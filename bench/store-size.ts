import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export interface StoreSize {
  /** Bytes of the database that are in use, whatever of it is still in the journal. */
  readonly store: number;
  /** Bytes of what is in each table and index, without what their pages have left. */
  readonly tables: ReadonlyMap<string, number>;
}

/** Of the embedded store of an app that was started in the folder. */
export function storeSize(folder: string): StoreSize {
  const database = new DatabaseSync(join(folder, ".countersign", "countersign.sqlite"), { readOnly: true });
  const read = (pragma: string) => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
  const store = (read("page_count") - read("freelist_count")) * read("page_size");
  const rows = database.prepare("SELECT name, sum(pgsize - unused) AS bytes FROM dbstat GROUP BY name").all();
  database.close();
  return { store, tables: new Map(rows.map(({ name, bytes }) => [String(name), Number(bytes)])) };
}
