import type { Stats } from "node:fs";
import { lstat, realpath } from "node:fs/promises";
import { join, parse, relative, resolve, sep } from "node:path";
import { Failure } from "../failure.ts";

/**
 * Where a path leads. Links are followed only where no repository can hold them: a repository may come from anybody,
 * and a link in it would have this command read, or overwrite, a file of somebody else's. The last step is never
 * followed. Throws a `Failure` that names the link.
 */
export async function placeOf(directory: string, path: string): Promise<string> {
  const target = resolve(directory, path);
  const { root } = parse(target);
  const steps = target.slice(root.length).split(sep).filter(Boolean);
  const own = await realpath(directory);
  let place = root;
  let guarded = await isRepository(place);
  for (const [index, step] of steps.entries()) {
    guarded ||= isWithin(own, place) || (await isRepository(place));
    const next = join(place, step);
    const isLast = index === steps.length - 1;
    const isLink = (await statsOf(next))?.isSymbolicLink() ?? false;
    if (isLink && (guarded || isLast)) throw linkRefused(shownPath(directory, next));
    place = isLink ? await realpath(next) : next;
  }
  return place;
}

/** The real folder that a path names; what links to it from outside of every repository is followed. */
export async function folderAt(directory: string, path: string): Promise<string> {
  const target = resolve(directory, path);
  const { root } = parse(target);
  let place = root;
  for (const step of target.slice(root.length).split(sep).filter(Boolean)) {
    const guarded = await isRepository(place);
    const next = join(place, step);
    const stats = await statsOf(next);
    if (stats === null) throw new Failure(`${path} is not there: check its spelling`);
    if (stats.isSymbolicLink() && guarded) throw linkRefused(shownPath(directory, next));
    place = stats.isSymbolicLink() ? await realpath(next) : next;
  }
  if (!(await statsOf(place))?.isDirectory()) throw new Failure(`${path} is not a folder`);
  return place;
}

/** `null` where nothing is. */
export async function statsOf(path: string): Promise<Stats | null> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw new Failure(`${path} cannot be looked at: ${error.code}`);
  });
}

export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

export function linkRefused(path: string): Failure {
  return new Failure(`${path} is a symbolic link, which is not followed: name what it points at itself`);
}

async function isRepository(folder: string): Promise<boolean> {
  return (await statsOf(join(folder, ".git"))) !== null;
}

/** As the user would write it. */
function shownPath(directory: string, path: string): string {
  const short = relative(directory, path);
  return short.startsWith("..") ? path : short;
}
