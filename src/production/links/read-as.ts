import { asFound } from "../control-files.ts";
import { controlNames } from "./control-names.ts";
import { foldersOf, followLinks, type Origin, renamed, within } from "./follow.ts";
import type { Link } from "./link.ts";

/** Why a path is read as a control file although its own name says nothing of it. */
export type ReadAs =
  | ({ readonly kind: "linked" } & Origin)
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

/** The names that changed files have as control files through links. */
export function namesThroughLinks(
  files: readonly File[],
  links: readonly Link[],
  patterns: readonly string[],
): readonly string[] {
  const readAs = createReadAs(patterns, linkedTree(files, links));
  const ends = files.flatMap(({ path, previousPath = path }) => [path, previousPath]);
  return [...new Set(ends.flatMap((path) => nameThroughLink(readAs(path)) ?? []))];
}

/** Whoever owns that name owns what is read by it. */
export function nameThroughLink(how: ReadAs | null): string | null {
  if (how === null || how.kind === "in-place") return null;
  return how.kind === "linked" ? how.as : how.link;
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
    if (on !== undefined) return { kind: "linked", ...on };
    for (const place of ["", ...foldersOf(found), found]) {
      const origin =
        whole.get(place) ?? originOf(folders.get(place), (name) => holds(renamed(found, place, name)));
      if (origin !== undefined) return { kind: "linked", ...within(origin, path, place) };
    }
    return isStanding && names.leadTo(found) ? { kind: "in-place" } : null;
  };
  return (path) => readAt(path) ?? (anywhere === null ? null : { kind: "anywhere", link: anywhere });
}

function originOf(
  names: ReadonlyMap<string, Origin> | undefined,
  holds: (name: string) => boolean,
): Origin | undefined {
  for (const [name, origin] of names ?? []) if (holds(name)) return origin;
  return undefined;
}
