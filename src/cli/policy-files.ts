import { CONFIG_PATH, type PolicySource } from "../policy/source.ts";
import { LARGEST, readOrdinaryFile } from "./files/ordinary-file.ts";
import { readFirstFile } from "./local-git/objects/source-files.ts";
import type { Git } from "./local-git/process/git.ts";

/** The config as a commit holds it. */
export async function readCommittedConfig(git: Git, commit: string): Promise<PolicySource> {
  const file = await readFirstFile(git, commit, [CONFIG_PATH]);
  return file === null ? { status: "absent" } : { status: "found", ...file };
}

/** A config that is to be tried. */
export async function readConfigFile(directory: string, path: string): Promise<PolicySource> {
  return { status: "found", path, text: await readOrdinaryFile(directory, path, LARGEST.config) };
}
