import { posix, sep } from "node:path";
import { Failure } from "../../failure.ts";
import type { Git } from "../process/git.ts";

/**
 * A path as git holds it, said from `folder`; one that begins with a slash is read from the root of the repository.
 * `separator` is that of the machine: on Windows a backslash divides folders, elsewhere it is part of a name. Throws a
 * `Failure` for what lies outside.
 */
export function fromRoot(folder: string, asked: string, separator: string = sep): string {
  const given = asked.replaceAll(separator, "/");
  const path = posix.join(given.startsWith("/") ? "" : folder, given).replace(/^\/+|\/+$/g, "");
  if (path === ".." || path.startsWith("../")) {
    throw new Failure(`${asked} is outside the repository: name a path inside it`);
  }
  return path === "." ? "" : path;
}

/** The files of a commit, or those that a path names: itself, or all below it. */
export async function listFiles(git: Git, commit: string, within = ""): Promise<readonly string[]> {
  const files: string[] = [];
  const places = within === "" ? [] : [within];
  const listing = ["ls-tree", "-r", "-z", "--full-tree", "--name-only", commit, "--", ...places];
  for await (const file of git.fields(listing)) files.push(file);
  return files;
}
