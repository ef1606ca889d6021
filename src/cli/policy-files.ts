import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CONFIG_PATH, type PolicySource } from "../policy/source.ts";
import { Failure } from "./failure.ts";
import type { Git } from "./local-git/git.ts";
import { readFirstFile } from "./local-git/source-files.ts";

/** The config as a commit holds it. */
export async function readCommittedConfig(git: Git, commit: string): Promise<PolicySource> {
  const file = await readFirstFile(git, commit, [CONFIG_PATH]);
  return file === null ? { status: "absent" } : { status: "found", ...file };
}

/** A config that is to be tried. */
export async function readConfigFile(directory: string, path: string): Promise<PolicySource> {
  try {
    return { status: "found", path, text: await readFile(resolve(directory, path), "utf8") };
  } catch (error) {
    throw new Failure(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
