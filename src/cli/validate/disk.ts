import { access, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { CODEOWNERS_LOCATIONS } from "../../ownership/ownership.ts";
import { MISPLACED_PATHS } from "../../policy/misplaced.ts";
import { CONFIG_PATH } from "../../policy/source.ts";
import { Failure } from "../failure.ts";
import { openGit } from "../local-git/git.ts";
import type { File, Inputs } from "./problems.ts";

/** The files that are named, whatever they belong to; what is not called CODEOWNERS is taken for a config. */
export async function readNamed(directory: string, names: readonly string[]): Promise<Inputs> {
  const files = await Promise.all(names.map((name) => readNamedFile(directory, name)));
  const isCodeowners = ({ name }: File): boolean => basename(name) === "CODEOWNERS";
  return {
    configs: files.filter((file) => !isCodeowners(file)),
    codeowners: files.filter(isCodeowners),
    controlled: [],
    misplaced: [],
    files: null,
    reported: null,
  };
}

/** A folder's config and the CODEOWNERS that counts, where there are any. */
export async function readFolder(directory: string, folder: string): Promise<Inputs> {
  const exists = async (path: string): Promise<boolean> =>
    access(resolve(directory, folder, path)).then(
      () => true,
      () => false,
    );
  const places = await Promise.all(CODEOWNERS_LOCATIONS.map(exists));
  const codeowners = CODEOWNERS_LOCATIONS.filter((_, index) => places[index]).slice(0, 1);
  const configs = (await exists(CONFIG_PATH)) ? [CONFIG_PATH] : [];
  const controlled = [...configs, ...codeowners];
  if (controlled.length === 0) {
    throw new Failure(
      `${folder} has no ${CONFIG_PATH} and no CODEOWNERS: name a file, or a folder with --repo DIR`,
    );
  }
  const named = await readNamed(
    directory,
    controlled.map((path) => join(folder, path)),
  );
  const misplaced = await Promise.all(MISPLACED_PATHS.map(exists));
  return {
    ...named,
    controlled,
    misplaced: MISPLACED_PATHS.filter((_, index) => misplaced[index]),
    files: await filesBelow(resolve(directory, folder)),
  };
}

/** The files that git knows or would add, from a folder; `null` if it is in no repository. */
async function filesBelow(folder: string): Promise<readonly string[] | null> {
  const git = openGit(folder);
  const inside = await git.text(["rev-parse", "--is-inside-work-tree"]).catch((error: unknown) => {
    if (error instanceof Failure) return "";
    throw error;
  });
  if (inside.trim() !== "true") return null;
  const files: string[] = [];
  for await (const file of git.fields(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])) {
    files.push(file);
  }
  return files;
}

async function readNamedFile(directory: string, name: string): Promise<File> {
  try {
    return { name, text: await readFile(resolve(directory, name), "utf8") };
  } catch (error) {
    throw new Failure(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
