import { readdir, realpath } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { readOrdinaryFile } from "../../files/ordinary-file.ts";
import { isWithin, linkRefused, statsOf } from "../../files/place.ts";

/** Where the objects are, as git is told by its environment. */
export interface ObjectsFolder {
  readonly GIT_OBJECT_DIRECTORY: string;
  readonly GIT_ALTERNATE_OBJECT_DIRECTORIES?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The objects of a repository: its own, and those that whoever runs the command names, as git itself does for the hook
 * that receives a push. A repository cannot name others': it would have them shown.
 * Throws a `Failure` when it does.
 */
export async function objectsOf(commonDirectory: string, environment: Environment): Promise<ObjectsFolder> {
  const own = join(commonDirectory, "objects");
  const named = (environment.GIT_ALTERNATE_OBJECT_DIRECTORIES ?? "").split(delimiter).filter(Boolean);
  const trusted = await Promise.all(named.map((folder) => realpath(resolve(folder)).catch(() => folder)));
  await refuseForeign(own, { own, trusted });
  const received = environment.GIT_QUARANTINE_PATH;
  const alternates = received === undefined ? named : [own, ...named];
  return {
    GIT_OBJECT_DIRECTORY: received ?? own,
    ...(alternates.length > 0 && { GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates.join(delimiter) }),
  };
}

const SMALL = 1 << 16;
/** Loose objects lie in folders named by two digits. */
const FAN_OUT = /^[0-9a-f]{2}$/;

interface Known {
  readonly own: string;
  readonly trusted: readonly string[];
}

/** Links and alternates that lead out of the repository. */
async function refuseForeign(folder: string, known: Known): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter(({ name }) => FAN_OUT.test(name) || name === "pack" || name === "info");
  const within = await Promise.all(
    folders
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => readdir(join(folder, name), { withFileTypes: true })),
  );
  for (const entry of [...entries, ...within.flat()]) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) throw linkRefused(path);
    if (!entry.isFile() && !entry.isDirectory()) throw new Failure(`${path} is no ordinary file`);
  }
  await refuseForeignAlternates(folder, known);
}

async function refuseForeignAlternates(folder: string, known: Known): Promise<void> {
  const list = join(folder, "info", "alternates");
  if ((await statsOf(list)) === null) return;
  const lines = (await readOrdinaryFile(folder, join("info", "alternates"), SMALL)).split("\n");
  for (const line of lines.filter((each) => each !== "" && !each.startsWith("#"))) {
    const alternate = await realpath(resolve(folder, line)).catch(() => line);
    if (known.trusted.some((own) => isWithin(own, alternate))) continue;
    if (!isWithin(known.own, alternate)) {
      throw new Failure(
        `${list} takes objects from ${alternate}, outside the repository: if you trust that, set ` +
          "GIT_ALTERNATE_OBJECT_DIRECTORIES to it",
      );
    }
    throw new Failure(`${list} names a folder of the repository's own objects: remove the line`);
  }
}
