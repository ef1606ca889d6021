import { resolve } from "node:path";
import type { MemoryReader, PullRequestMemory } from "../../store/store.ts";
import { Failure } from "../failure.ts";
import type { Environment } from "../octokit.ts";
import type { PullName } from "../simulate/read.ts";

interface StorePlace {
  /** Where relative folders start from. */
  readonly directory: string;
  readonly data?: string;
  readonly environment: Environment;
}

/** What the App remembers of a pull request. Throws a `Failure` when its store cannot be read. */
export async function readMemory(
  { owner, repo, number }: PullName,
  place: StorePlace,
): Promise<PullRequestMemory> {
  const { DATABASE_URL: url, COUNTERSIGN_DATA: configured } = place.environment;
  const folder = resolve(place.directory, place.data || configured || ".countersign");
  const usesPostgres = place.data === undefined && url !== undefined && url !== "";
  const store = usesPostgres ? "the PostgreSQL store of DATABASE_URL" : `the App's store in ${folder}`;
  try {
    const reader = await (usesPostgres ? openPostgres(url) : openSqlite(folder));
    try {
      return await reader.remember({ installationId: UNUSED, owner, repo }, number);
    } finally {
      await reader.close();
    }
  } catch (error) {
    throw new Failure(`${store} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Memories belong to a repository, by whichever installation it is seen. */
const UNUSED = 0;

async function openPostgres(url: string): Promise<MemoryReader> {
  const { openPostgresReader } = await import("../../store/postgres/read-only.ts");
  return openPostgresReader(url);
}

async function openSqlite(folder: string): Promise<MemoryReader> {
  const { openSqliteReader } = await import("../../store/sqlite/read-only.ts");
  return openSqliteReader(folder);
}
