import type { FileChange } from "../../reading/change.ts";

/** A folder that is made for the purpose, or a fixed path. */
const OWN_FOLDER =
  /^["']?(?:\$\(\s*mktemp\b|`\s*mktemp\b|(?:\.\/|\/)?[\w.-]+(?:\/[\w.-]+)+["']?\s*(?:$|[;#]))/;

/** Whether the same file makes the folder that the variable names, or gives it a fixed path. */
export function isFilledBy(file: FileChange, target: string): boolean {
  const name = /^["']?\$\{?(\w+)/.exec(target)?.[1];
  return name !== undefined && ownFolders(file).get(name) === true;
}

const known = new WeakMap<FileChange, ReadonlyMap<string, boolean>>();

/** The variables of a script, each with whether only folders of its own are given to it; many lines may ask. */
function ownFolders(file: FileChange): ReadonlyMap<string, boolean> {
  const found = known.get(file);
  if (found !== undefined) return found;
  const folders = new Map<string, boolean>();
  for (const line of typeof file.after === "string" ? file.after.split("\n") : []) {
    if (/^\s*#/.test(line)) continue;
    for (const { 0: text, 1: name = "", index } of line.matchAll(/\b(\w+)\+?=/g)) {
      const isOwn = OWN_FOLDER.test(line.slice(index + text.length));
      folders.set(name, isOwn && folders.get(name) !== false);
    }
    for (const name of openedIn(line)) folders.set(name, false);
  }
  known.set(file, folders);
  return folders;
}

/** The variables that are read or gone through, which may be anything. */
function* openedIn(line: string): Generator<string> {
  let isOpen = false;
  for (const { 0: word, index } of line.matchAll(/-?\w+|\S/g)) {
    const follows: boolean = isOpen && /\s/.test(line.charAt(index - 1));
    const isName = /^\w/.test(word);
    if (follows && isName) yield word;
    isOpen = /^(?:for|select|read)$/.test(word) || (follows && (isName || word.startsWith("-")));
  }
}
