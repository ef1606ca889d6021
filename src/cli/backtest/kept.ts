import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { MergedPull } from "../../github/reading/read-snapshot.ts";
import type { PastPull } from "../../signoff/past.ts";
import { Failure } from "../failure.ts";
import { LARGEST, readOrdinaryFile, writePrivateFile } from "../files/ordinary-file.ts";
import { type Environment, hostOf } from "../github/host.ts";

/** What was read before, one file for each pull request, so that nothing is asked for twice. */
export interface Kept {
  readonly folder: string;
  /** `null` where it was not read, or was something else then. */
  readonly find: (pull: MergedPull) => Promise<PastPull | null>;
  readonly keep: (pull: MergedPull, past: PastPull) => Promise<void>;
}

/** To be raised when what is read of a pull request changes: then all is read anew. */
const VERSION = 1;

const keptFile = z.object({
  version: z.literal(VERSION),
  pull: z.unknown(),
  // It is the user's own file, and only this command writes it.
  past: z.custom<PastPull>((past) => typeof past === "object" && past !== null && "snapshot" in past),
});

interface Place {
  readonly owner: string;
  readonly repo: string;
  readonly environment: Environment;
}

/** The folder for caches of this system, and in it one for each repository of each host. */
export function usualFolder({ owner, repo, environment }: Place): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  const caches =
    XDG_CACHE_HOME ||
    (process.platform === "win32" && LOCALAPPDATA) ||
    join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
  const host = hostOf(environment).replace(/[^a-z0-9.-]/g, "_");
  return join(caches, "countersign", "backtest", host, owner.toLowerCase(), repo.toLowerCase());
}

/** Opens the folder, and makes it where there is none: what private repositories hold is for its owner alone. */
export async function openKept(directory: string, path: string): Promise<Kept> {
  const folder = resolve(directory, path);
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${path} cannot be made: ${error.code}; name another folder by --state`);
  });
  return {
    folder,
    find: async (pull) => {
      try {
        const text = await readOrdinaryFile(folder, fileOf(pull), LARGEST.snapshot);
        const found = keptFile.parse(JSON.parse(text));
        return JSON.stringify(found.pull) === JSON.stringify(pull) ? found.past : null;
      } catch {
        // Cut off in the middle, of an earlier version, or not there: it is read again.
        return null;
      }
    },
    keep: (pull, past) =>
      writePrivateFile(folder, fileOf(pull), JSON.stringify({ version: VERSION, pull, past })),
  };
}

function fileOf({ number, headSha }: MergedPull): string {
  return `${number}-${headSha.slice(0, 12)}.json`;
}
