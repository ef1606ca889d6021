import { Failure } from "../failure.ts";
import { fromRoot, listFiles } from "../local-git/objects/paths.ts";
import type { LocalRepository } from "../local-git/repository/repository.ts";

/** What is to be explained. */
export type Subject =
  | { readonly kind: "commit"; readonly sha: string }
  /** The files that it stands for; itself where it is none yet. */
  | { readonly kind: "path"; readonly path: string; readonly files: readonly string[] };

export interface Asked {
  readonly what: string;
  /** What it is taken for; left out, it has to be the one or the other. */
  readonly as?: "commit" | "path";
}

/** Throws a `Failure` when it is neither a commit nor a path at HEAD. */
export async function findSubject(
  { git, refs, prefix }: LocalRepository,
  { what, as }: Asked,
): Promise<Subject> {
  if (as === "commit") return { kind: "commit", sha: (await refs.given(what)).sha };
  const commit = as === "path" ? null : await refs.find(what);
  const head = await refs.head();
  const inHead = async (path: string): Promise<readonly string[]> =>
    head === null ? [] : listFiles(git, head.sha, path);
  if (commit !== null) {
    if (isPathLike(what) && (await inHead(fromRoot(prefix, what))).length > 0) {
      throw new Failure(`${what} is a commit and a path at HEAD: say --commit or --path`);
    }
    return { kind: "commit", sha: commit.sha };
  }
  const path = fromRoot(prefix, what);
  const files = await inHead(path);
  if (files.length === 0 && as === undefined) {
    throw new Failure(
      `${what} is neither a commit nor a path at HEAD: check its spelling, or say --path for a file that is still to be written`,
    );
  }
  return { kind: "path", path, files: files.length === 0 ? [path] : files };
}

/** What is out of the repository as a path can only be a commit. */
function isPathLike(what: string): boolean {
  return !what.split(/[/\\]/).includes("..");
}
