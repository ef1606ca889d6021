import type { SourceFile } from "../../../signoff/snapshot.ts";
import { Failure } from "../../failure.ts";
import { LARGEST } from "../../files/ordinary-file.ts";
import type { Git } from "../process/git.ts";
import { readObjects, readSizes } from "./read.ts";

const LINK = "120000";

/**
 * The first of `paths` that is a file in the commit; `null` when none is. A symbolic link counts as one and is not
 * followed, neither here nor on GitHub: it is refused with a `Failure`.
 */
export async function readFirstFile(
  git: Git,
  commit: string,
  paths: readonly string[],
): Promise<SourceFile | null> {
  const found = new Map<string, { readonly mode: string; readonly id: string }>();
  for await (const field of git.fields(["ls-tree", "-z", "--full-tree", commit, "--", ...paths])) {
    const [, mode = "", type = "", id = "", path = ""] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(field) ?? [];
    if (type === "blob") found.set(path, { mode, id });
  }
  const path = paths.find((wanted) => found.has(wanted));
  const file = path === undefined ? undefined : found.get(path);
  if (path === undefined || file === undefined) return null;
  if (file.mode === LINK)
    throw new Failure(`${path} is a symbolic link, which is not followed: put the file itself there`);
  return { path, text: await readText(git, { path, id: file.id }) };
}

async function readText(
  git: Git,
  { path, id }: { readonly path: string; readonly id: string },
): Promise<string> {
  const size = (await readSizes(git, [id])).get(id)?.size ?? 0;
  if (size > LARGEST.codeowners) {
    throw new Failure(`${path} is larger than ${LARGEST.codeowners} bytes, the most that is read`);
  }
  let text = "";
  await readObjects(git, [id], ({ bytes }) => {
    text = bytes.toString("utf8");
  });
  return text;
}
