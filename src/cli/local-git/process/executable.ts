import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { Failure } from "../../failure.ts";
import { isWithin } from "../../files/place.ts";

const NAMES = process.platform === "win32" ? ["git.exe"] : ["git"];

/**
 * The git of this machine: the first in the PATH that does not lie within `folder`. A search path may name the folder
 * one stands in, and `npx` puts `node_modules/.bin` before it; a program in a repository is somebody else's.
 */
export async function findGit(folder: string, path: string = process.env.PATH ?? ""): Promise<string> {
  for (const entry of path.split(delimiter).filter(isAbsolute)) {
    for (const name of NAMES) {
      const program = await executableAt(join(entry, name));
      if (program !== null && !isWithin(folder, program)) return join(entry, name);
    }
  }
  throw new Failure("git is not in the PATH: install it");
}

async function executableAt(path: string): Promise<string | null> {
  try {
    await access(path, constants.X_OK);
    return await realpath(path);
  } catch {
    return null;
  }
}
