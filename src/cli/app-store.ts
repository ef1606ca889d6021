import { resolve } from "node:path";
import type { MemoryReader } from "../store/memory.ts";
import { passwordInFile } from "../store/password-file.ts";
import type { Store } from "../store/store.ts";
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

/** Does the work with the store itself: an embedded one is the App's alone, so the App is stopped. Throws a `Failure`. */
export async function withOwnStore<Result>(
  place: StorePlace,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const { name, openToWrite } = storeAt(place);
  const store = await openToWrite().catch((error: unknown) => {
    throw new Failure(`${name} cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** The folder of an embedded store. Throws a `Failure` where there is none. */
export async function embeddedFolder(place: StorePlace): Promise<string> {
  const { folder } = storeAt(place);
  if (folder === null) throw new Failure(`the App stores in PostgreSQL: make a copy with pg_dump`);
  return ownFolder(place.directory, folder);
}

interface OpenableStore {
  /** As a sentence names it. */
  readonly name: string;
  /** Of an embedded one. */
  readonly folder: string | null;
  readonly open: () => Promise<MemoryReader>;
  readonly openToWrite: () => Promise<Store>;
}

function storeAt({ directory, data, environment, command }: StorePlace): OpenableStore {
  const { DATABASE_URL: url, DATABASE_PASSWORD_FILE: file = "", COUNTERSIGN_DATA: configured } = environment;
  if (data === undefined && url !== undefined && url !== "") {
    const password = () => (file === "" ? undefined : passwordInFile(file));
    const load = <Module>(module: Promise<Module>) =>
      module.catch((error: unknown) => {
        throw isMissing(error) ? new Error(clientMissing(command)) : error;
      });
    return {
      ...{ name: "the PostgreSQL store of DATABASE_URL", folder: null },
      open: async () => {
        const { openPostgresReader } = await load(import("../store/postgres/read-only.ts"));
        return openPostgresReader(url, password());
      },
      openToWrite: async () => {
        const { openPostgresStore } = await load(import("../store/postgres/postgres.ts"));
        return openPostgresStore(url, password());
      },
    };
  }
  const folder = resolve(directory, data || configured || ".countersign");
  return {
    ...{ name: `the App's store in ${folder}`, folder },
    open: async () => {
      const own = await ownFolder(directory, folder);
      const { openSqliteReader } = await import("../store/sqlite/read-only.ts");
      return openSqliteReader(own);
    },
    openToWrite: async () => {
      const own = await ownFolder(directory, folder);
      const { openSqliteStore } = await import("../store/sqlite/sqlite.ts");
      return openSqliteStore(own);
    },
  };
}

/** The published package leaves the client out: it is heavy, and most people have no such store. */
function clientMissing(command: string): string {
  return `its client is not installed: run \`npx --package=countersign --package=pg countersign ${command} …\`, or install pg beside it`;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}

async function ownFolder(directory: string, folder: string): Promise<string> {
  const data = await folderAt(directory, folder);
  // The folder may be a repository of somebody else's.
  for (const name of ["countersign.sqlite", "countersign.sqlite-wal", "countersign.sqlite-shm"]) {
    const path = resolve(data, name);
    if ((await statsOf(path))?.isSymbolicLink()) throw linkRefused(path);
  }
  return data;
}
