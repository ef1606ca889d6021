import { ANY_RUN, type Pattern, type Segment } from "../../paths/pattern.ts";
import { anyMatches, readPattern } from "../area-patterns.ts";
import { asFound } from "../control-files.ts";

/** What names say about control files. All of them are as {@link asFound} writes them. */
export interface ControlNames {
  /** Whether a file of this name is a control file. */
  readonly is: (name: string) => boolean;
  /** Whether it is the name of a folder in which a pattern looks for control files. */
  readonly leadTo: (name: string) => boolean;
}

/** Whether control files may be read through a link at this path. */
export function mayLink(path: string, { is, leadTo }: ControlNames): boolean {
  const found = asFound(path);
  return is(found) || leadTo(found);
}

export function controlNames(patterns: readonly string[]): ControlNames {
  const parsed = patterns.map(asFound).flatMap(readPattern);
  const inFolders = anyMatches(parsed.flatMap(foldersOf));
  return { is: anyMatches(parsed), leadTo: (name) => inFolders(`${name}/file`) };
}

/**
 * Patterns of any file in the folders that a pattern goes through. What it looks for at any depth it finds below any
 * folder, by whatever name the folder has, so those are left out.
 */
function foldersOf({ source, segments, tail }: Pattern): readonly Pattern[] {
  const lengths = segments.map((_, index) => index).slice(1);
  const all = tail === "below" ? [...lengths, segments.length] : lengths;
  return all.flatMap((length) => filesIn(source, segments.slice(0, length)));
}

const ANY_NAME: Segment = { kind: "glob", text: "*", tokens: [ANY_RUN] };

function filesIn(source: string, folder: readonly Segment[]): readonly Pattern[] {
  if (folder.at(-1)?.kind !== "any-depth")
    return [{ source, segments: [...folder, ANY_NAME], tail: "exact" }];
  return folder.length === 1 ? [] : [{ source, segments: folder.slice(0, -1), tail: "below" }];
}
