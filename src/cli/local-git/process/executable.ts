import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { Failure } from "../../failure.ts";
import { isWithin } from "../../files/place.ts";

/** The git of this machine, by the rules of `findProgram`. */
export async function findGit(folder: string, path: string = process.env.PATH ?? ""): Promise<string> {
  const git = await findProgram("git", { folder, path });
  if (git === null) throw new Failure("git is not in the PATH: install it");
  return git;
}

/**
 * The first program of that name in the PATH that does not lie within `folder`. A search path may name the folder one
 * stands in, and `npx` puts `node_modules/.bin` before it; a program in a repository is somebody else's.
 */
export async function findProgram(
  name: string,
  { folder, path }: { readonly folder: string; readonly path: string },
): Promise<string | null> {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  for (const entry of path.split(delimiter).filter(isAbsolute)) {
    const program = await executableAt(join(entry, file));
    if (program !== null && !isWithin(folder, program)) return join(entry, file);
  }
  return null;
}

async function executableAt(path: string): Promise<string | null> {
  try {
    await access(path, constants.X_OK);
    return await realpath(path);
  } catch {
    return null;
  }
}
