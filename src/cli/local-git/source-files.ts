import type { SourceFile } from "../../signoff/snapshot.ts";
import { Failure } from "../failure.ts";
import type { Git } from "./git.ts";

/** The first of `paths` that is a file in the commit; `null` when none is. */
export async function readFirstFile(
  git: Git,
  commit: string,
  paths: readonly string[],
): Promise<SourceFile | null> {
  const found = new Map<string, string>();
  for await (const field of git.fields(["ls-tree", "-z", "--full-tree", commit, "--", ...paths])) {
    const [, type = "", id = "", path = ""] = /^\d+ (\w+) ([0-9a-f]+)\t(.*)$/s.exec(field) ?? [];
    if (type === "blob") found.set(path, id);
  }
  const path = paths.find((wanted) => found.has(wanted));
  if (path === undefined) return null;
  const id = found.get(path);
  if (id === undefined) throw new Failure(`${path} cannot be read`);
  return { path, text: await git.text(["cat-file", "blob", id]) };
}
