import { isLive } from "../live.ts";
import type { ChangedPart } from "./part.ts";
import { fingerprint } from "./tree.ts";

/** The parts that came with the change, to find what took the place of one that went. */
export interface AddedParts {
  /** Of the same type, place and content, under another name. */
  readonly sameContent: (part: ChangedPart) => ChangedPart | undefined;
  /** Of the same type and name, in another place. */
  readonly sameName: (part: ChangedPart) => ChangedPart | undefined;
}

export function addedPartsIn(changed: readonly ChangedPart[]): AddedParts {
  // What only stands in an example or a test took nobody's place.
  const came = changed.filter(({ before, file }) => before === undefined && isLive(file));
  const byName = new Map(came.map((part) => [nameKey(part), part]));
  let byContent: ReadonlyMap<string, ChangedPart> | undefined;
  return {
    sameContent: (part) => {
      byContent ??= new Map(came.map((each) => [contentKey(each, each.after), each]));
      return byContent.get(contentKey(part, part.before));
    },
    sameName: (part) => byName.get(nameKey(part)),
  };
}

function nameKey({ notation, type, name }: ChangedPart): string {
  return JSON.stringify([notation, type, name]);
}

function contentKey({ type, scope }: ChangedPart, tree: ChangedPart["after"]): string {
  return JSON.stringify([type, scope, fingerprint(tree)]);
}
