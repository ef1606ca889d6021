import { basename, join } from "node:path";
import { CODEOWNERS_LOCATIONS } from "../../ownership/ownership.ts";
import { CONFIG_PATH } from "../../policy/resolve.ts";
import { Failure } from "../failure.ts";
import { LARGEST, readOrdinaryFile } from "../files/ordinary-file.ts";
import { folderAt, statsOf } from "../files/place.ts";
import type { File, Inputs } from "./problems.ts";

/** The files that are named, whatever they belong to; what is not called CODEOWNERS is taken for a config. */
export async function readNamed(directory: string, names: readonly string[]): Promise<Inputs> {
  const files = await Promise.all(names.map((name) => readNamedFile(directory, name)));
  const isCodeowners = ({ name }: File): boolean => basename(name) === "CODEOWNERS";
  return {
    configs: files.filter((file) => !isCodeowners(file)),
    codeowners: files.filter(isCodeowners),
    controlled: [],
    reported: null,
  };
}

/** A folder's config and the CODEOWNERS that counts, where there are any. */
export async function readFolder(directory: string, folder: string): Promise<Inputs> {
  const root = await folderAt(directory, folder);
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
  const read = async (path: string): Promise<File> => ({
    name: join(folder, path),
    text: await readOrdinaryFile(root, path, LARGEST.codeowners),
  });
  return {
    configs: await Promise.all(configs.map(read)),
    codeowners: await Promise.all(codeowners.map(read)),
    controlled,
    reported: null,
  };
}

async function readNamedFile(directory: string, name: string): Promise<File> {
  return { name, text: await readOrdinaryFile(directory, name, LARGEST.codeowners) };
}
