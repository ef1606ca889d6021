import { Failure } from "../failure.ts";
import type { Git } from "../local-git/git.ts";
import { currentFolder, fromRoot, listFiles } from "../local-git/paths.ts";
import { givenPoint } from "../local-git/range.ts";

/** What is to be explained. */
export type Subject =
  | { readonly kind: "commit"; readonly sha: string }
  /** The files that it stands for; itself where it is none yet. */
  | { readonly kind: "path"; readonly path: string; readonly files: readonly string[] };

export interface Asked {
  readonly what: string;
  /** What it is taken for; left out, a commit goes before a path. */
  readonly as?: "commit" | "path";
}

/** Throws a `Failure` when it is neither a commit nor a path at HEAD. */
export async function findSubject(git: Git, { what, as }: Asked): Promise<Subject> {
  if (as === "commit") return { kind: "commit", sha: (await givenPoint(git, what)).sha };
  if (as === undefined) {
    const sha = await commitOf(git, what);
    if (sha !== null) return { kind: "commit", sha };
  }
  const path = fromRoot(await currentFolder(git), what);
  const files = await filesAt(git, path);
  if (files.length === 0 && as === undefined) {
    throw new Failure(
      `${what} is neither a commit nor a path at HEAD: check its spelling, or say --path for a file that is still to be written`,
    );
  }
  return { kind: "path", path, files: files.length === 0 ? [path] : files };
}

async function commitOf(git: Git, name: string): Promise<string | null> {
  return git.find(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
}

/** The files at HEAD that a path names: itself, or all below it. */
async function filesAt(git: Git, path: string): Promise<readonly string[]> {
  const head = await commitOf(git, "HEAD");
  return head === null ? [] : listFiles(git, head, path);
}
