import { basename, join } from "node:path";
import { CODEOWNERS_LOCATIONS } from "../../ownership/ownership.ts";
import { MISPLACED_PATHS } from "../../policy/misplaced.ts";
import { CONFIG_PATH } from "../../policy/source.ts";
import { Failure } from "../failure.ts";
import { LARGEST, readOrdinaryFile } from "../files/ordinary-file.ts";
import { folderAt, statsOf } from "../files/place.ts";
import type { Asked } from "../local-git/repository/folder.ts";
import { findRepository } from "../local-git/repository/repository.ts";
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
export async function readFolder(asked: Asked): Promise<Inputs> {
  const folder = asked.directory;
  const root = await folderAt(asked.from, folder);
  const exists = async (path: string): Promise<boolean> => (await statsOf(join(root, path))) !== null;
  const places = await Promise.all(CODEOWNERS_LOCATIONS.map(exists));
  const codeowners = CODEOWNERS_LOCATIONS.filter((_, index) => places[index]).slice(0, 1);
  const configs = (await exists(CONFIG_PATH)) ? [CONFIG_PATH] : [];
  const controlled = [...configs, ...codeowners];
  if (controlled.length === 0) {
    throw new Failure(
      `${folder} has no ${CONFIG_PATH} and no CODEOWNERS: name a file, or a folder with --repo DIR`,
    );
  }
  const misplaced = await Promise.all(MISPLACED_PATHS.map(exists));
  const read = async (path: string): Promise<File> => ({
    name: join(folder, path),
    text: await readOrdinaryFile(root, path, LARGEST.codeowners),
  });
  return {
    configs: await Promise.all(configs.map(read)),
    codeowners: await Promise.all(codeowners.map(read)),
    controlled,
    misplaced: MISPLACED_PATHS.filter((_, index) => misplaced[index]),
    files: await filesBelow(asked),
    reported: null,
  };
}

/** The files that git knows or would add, from a folder; `null` where no repository can say. */
async function filesBelow(asked: Asked): Promise<readonly string[] | null> {
  try {
    const { workTree, prefix } = await findRepository(asked);
    if (workTree === null) return null;
    const files: string[] = [];
    for await (const file of workTree.fields([
      "ls-files",
      "-z",
      "--cached",
      "--others",
      "--exclude-standard",
    ])) {
      if (file.startsWith(prefix)) files.push(file.slice(prefix.length));
    }
    return files;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

async function readNamedFile(directory: string, name: string): Promise<File> {
  return { name, text: await readOrdinaryFile(directory, name, LARGEST.codeowners) };
}
