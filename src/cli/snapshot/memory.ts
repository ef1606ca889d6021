import { resolve } from "node:path";
import type { MemoryReader } from "../../store/memory.ts";
import { passwordInFile } from "../../store/password-file.ts";
import { Failure } from "../failure.ts";
import { folderAt, linkRefused, statsOf } from "../files/place.ts";
import type { Environment } from "../github/host.ts";
import { type Known, NOTHING_KNOWN, type PullName } from "../simulate/read.ts";

interface StorePlace {
  /** Where relative folders start from. */
  readonly directory: string;
  readonly data?: string;
  readonly environment: Environment;
}

/** Does the work with what the App remembers of a pull request. Throws a `Failure` when its store cannot be read. */
export async function withMemory<Result>(
  pull: PullName,
  place: StorePlace,
  work: (known: Known) => Promise<Result>,
): Promise<Result> {
  const store = storeAt(place);
  const failed = (error: unknown): Failure =>
    new Failure(`${store.name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  const orFailed = <Answer>(answer: Promise<Answer>): Promise<Answer> =>
    answer.catch((error: unknown) => {
      throw failed(error);
    });
  const reader = await orFailed(store.open());
  try {
    return await work(await orFailed(knownTo(reader, pull, orFailed)));
  } finally {
    await reader.close();
  }
}

type OrFailed = <Answer>(answer: Promise<Answer>) => Promise<Answer>;

async function knownTo(
  reader: MemoryReader,
  { owner, repo, number }: PullName,
  orFailed: OrFailed,
): Promise<Known> {
  const repository = await reader.find(owner, repo);
  if (repository === null) return NOTHING_KNOWN;
  return {
    memory: await reader.remember(repository, number),
    recall: (shas) => orFailed(reader.recall(repository, shas)),
    recallSameContent: (digest) => orFailed(reader.recallSameContent(repository, digest)),
  };
}

interface OpenableStore {
  /** As a sentence names it. */
  readonly name: string;
  readonly open: () => Promise<MemoryReader>;
}

function storeAt({ directory, data, environment }: StorePlace): OpenableStore {
  const { DATABASE_URL: url, DATABASE_PASSWORD_FILE: file, COUNTERSIGN_DATA: configured } = environment;
  if (data === undefined && url !== undefined && url !== "") {
    return { name: "the PostgreSQL store of DATABASE_URL", open: () => openPostgres(url, file) };
  }
  const folder = resolve(directory, data || configured || ".countersign");
  return { name: `the App's store in ${folder}`, open: () => openSqlite(directory, folder) };
}

async function openPostgres(url: string, file = ""): Promise<MemoryReader> {
  const { openPostgresReader } = await import("../../store/postgres/read-only.ts").catch((error: unknown) => {
    throw isMissing(error) ? new Error(CLIENT_MISSING) : error;
  });
  return openPostgresReader(url, file === "" ? undefined : passwordInFile(file));
}

/** The published package leaves the client out: it is heavy, and most people have no such store. */
const CLIENT_MISSING =
  "its client is not installed: run `npx --package=countersign --package=pg countersign snapshot …`, or install pg beside it";

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
  const { openSqliteReader } = await import("../../store/sqlite/read-only.ts");
  return openSqliteReader(data);
}
