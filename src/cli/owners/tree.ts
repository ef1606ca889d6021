import { CODEOWNERS_LOCATIONS } from "../../ownership/ownership.ts";
import type { SourceFile } from "../../signoff/snapshot.ts";
import { holdTrees } from "../local-git/objects/held.ts";
import { fromRoot, listFiles } from "../local-git/objects/paths.ts";
import { readFirstFile } from "../local-git/objects/source-files.ts";
import { headOf } from "../local-git/range.ts";
import type { Point } from "../local-git/repository/refs.ts";
import type { LocalRepository } from "../local-git/repository/repository.ts";

/** A commit's files and what owns them; submodules and symbolic links count as files. */
export interface Tree {
  readonly commit: Point;
  readonly codeowners: SourceFile | null;
  readonly files: readonly string[];
}

export async function readTree({ git, refs }: LocalRepository, ref: string | undefined): Promise<Tree> {
  const commit = await headOf(refs, ref);
  await holdTrees(git, [commit.sha]);
  const [codeowners, files] = await Promise.all([
    readFirstFile(git, commit.sha, CODEOWNERS_LOCATIONS),
    listFiles(git, commit.sha),
  ]);
  return { commit, codeowners, files };
}

export interface AskedPath {
  readonly path: string;
  /** The commit has a file there. */
  readonly exists: boolean;
}

/** The files that are asked about, each once: all of them, or what the paths name; a name without a file stands for itself. */
export function askedPaths(
  { prefix }: LocalRepository,
  { files }: Tree,
  paths: readonly string[],
): readonly AskedPath[] {
  if (paths.length === 0) return files.map((path) => ({ path, exists: true }));
  const asked = paths.flatMap((path) => filesAt(files, fromRoot(prefix, path)));
  return [...new Map(asked.map((each) => [each.path, each])).values()];
}

function filesAt(files: readonly string[], path: string): readonly AskedPath[] {
  const found = files.filter((file) => path === "" || file === path || file.startsWith(`${path}/`));
  return found.length === 0 ? [{ path, exists: false }] : found.map((file) => ({ path: file, exists: true }));
}
