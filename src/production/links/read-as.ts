import { asFound } from "../control-files.ts";
import { controlNames } from "./control-names.ts";
import { foldersOf, followLinks, renamed } from "./follow.ts";
import type { Link } from "./link.ts";

/** Why a path is read as a control file although its own name says nothing of it. */
export type ReadAs =
  | { readonly kind: "linked"; readonly link: string }
  /** The path is a link or a submodule where a folder with control files is looked for. */
  | { readonly kind: "in-place" }
  /** The link may lead to any file. */
  | { readonly kind: "anywhere"; readonly link: string };

/** The links of a repository, and which changed paths are themselves links or submodules. */
export interface LinkedTree {
  readonly links: readonly Link[];
  readonly stands: readonly string[];
}

export const NO_LINKS: LinkedTree = { links: [], stands: [] };

interface File {
  readonly path: string;
  readonly previousPath?: string;
  /** At the head. */
  readonly mode?: string;
}

/** The modes of links and of submodules. */
const STANDS: ReadonlySet<string> = new Set(["120000", "160000"]);

export function linkedTree(files: readonly File[], links: readonly Link[]): LinkedTree {
  return { links, stands: files.flatMap(({ path, mode = "" }) => (STANDS.has(mode) ? [path] : [])) };
}

/** The links through which changed files are read as control files. */
export function linksTo(
  files: readonly File[],
  links: readonly Link[],
  patterns: readonly string[],
): readonly string[] {
  const readAs = createReadAs(patterns, linkedTree(files, links));
  const ends = files.flatMap(({ path, previousPath = path }) => [path, previousPath]);
  return [...new Set(ends.flatMap((path) => linkIn(readAs(path)) ?? []))];
}

/** The link that leads there, if one does. */
export function linkIn(how: ReadAs | null): string | null {
  return how === null || how.kind === "in-place" ? null : how.link;
}

/** Says of a path whether it is read as a control file through links; `null` where it is not. */
export function createReadAs(
  patterns: readonly string[],
  { links, stands }: LinkedTree,
): (path: string) => ReadAs | null {
  if (links.length === 0 && stands.length === 0) return () => null;
  const names = controlNames(patterns);
  const { whole, folders, ways, anywhere } = followLinks(links, names);
  const standing = new Set([...stands, ...links.map(({ path }) => path)].map(asFound));
  const readAt = (path: string): ReadAs | null => {
    const found = asFound(path);
    const isStanding = standing.has(found);
    const holds = (name: string) => names.is(name) || (isStanding && names.leadTo(name));
    const on = ways.get(found);
    if (on !== undefined) return { kind: "linked", link: on };
    for (const place of ["", ...foldersOf(found), found]) {
      const link =
        whole.get(place) ?? linkOf(folders.get(place), (name) => holds(renamed(found, place, name)));
      if (link !== undefined) return { kind: "linked", link };
    }
    return isStanding && names.leadTo(found) ? { kind: "in-place" } : null;
  };
  return (path) => readAt(path) ?? (anywhere === null ? null : { kind: "anywhere", link: anywhere });
}

function linkOf(
  names: ReadonlyMap<string, string> | undefined,
  holds: (name: string) => boolean,
): string | undefined {
  for (const [name, link] of names ?? []) if (holds(name)) return link;
  return undefined;
}
