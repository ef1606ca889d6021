import { resolve } from "node:path";
import type { MemoryReader } from "../store/memory.ts";
import { passwordInFile } from "../store/password-file.ts";
import { Failure } from "./failure.ts";
import { folderAt, linkRefused, statsOf } from "./files/place.ts";
import type { Environment } from "./github/host.ts";

/** By the settings of the App. */
export interface StorePlace {
  /** Where relative folders start from. */
  readonly directory: string;
  readonly data?: string;
  readonly environment: Environment;
  /** Which command reads it. */
  readonly command: string;
}

/** Fails with the name of the store where it cannot be read. */
export type OrFailed = <Answer>(answer: Promise<Answer>) => Promise<Answer>;

/** Does the work with the store of the App, which goes on meanwhile. Throws a `Failure` when it cannot be read. */
export async function withStore<Result>(
  place: StorePlace,
  work: (reader: MemoryReader, orFailed: OrFailed) => Promise<Result>,
): Promise<Result> {
  const store = storeAt(place);
  const orFailed: OrFailed = (answer) =>
    answer.catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new Failure(`${store.name} cannot be read: ${why}`);
    });
  const reader = await orFailed(store.open());
  try {
    return await work(reader, orFailed);
  } finally {
    await reader.close();
  }
}

interface OpenableStore {
  /** As a sentence names it. */
  readonly name: string;
  readonly open: () => Promise<MemoryReader>;
}

function storeAt({ directory, data, environment, command }: StorePlace): OpenableStore {
  const { DATABASE_URL: url, DATABASE_PASSWORD_FILE: file, COUNTERSIGN_DATA: configured } = environment;
  if (data === undefined && url !== undefined && url !== "") {
    return { name: "the PostgreSQL store of DATABASE_URL", open: () => openPostgres(url, { file, command }) };
  }
  const folder = resolve(directory, data || configured || ".countersign");
  return { name: `the App's store in ${folder}`, open: () => openSqlite(directory, folder) };
}

async function openPostgres(
  url: string,
  { file = "", command }: { readonly file: string | undefined; readonly command: string },
): Promise<MemoryReader> {
  const { openPostgresReader } = await import("../store/postgres/read-only.ts").catch((error: unknown) => {
    throw isMissing(error) ? new Error(clientMissing(command)) : error;
  });
  return openPostgresReader(url, file === "" ? undefined : passwordInFile(file));
}

/** The published package leaves the client out: it is heavy, and most people have no such store. */
function clientMissing(command: string): string {
  return `its client is not installed: run \`npx --package=countersign --package=pg countersign ${command} …\`, or install pg beside it`;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}

async function openSqlite(directory: string, folder: string): Promise<MemoryReader> {
  const data = await folderAt(directory, folder);
  // The folder may be a repository of somebody else's.
  for (const name of ["countersign.sqlite", "countersign.sqlite-wal", "countersign.sqlite-shm"]) {
    const path = resolve(data, name);
    if ((await statsOf(path))?.isSymbolicLink()) throw linkRefused(path);
  }
  const { openSqliteReader } = await import("../store/sqlite/read-only.ts");
  return openSqliteReader(data);
}
