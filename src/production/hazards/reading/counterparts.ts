import { isLive } from "../live.ts";
import type { ChangedPart } from "./part.ts";
import { fingerprint, type Tree } from "./tree.ts";

/** The parts of one side alone, to find what took the place of one that went, or what a new one was before. */
export interface Counterparts {
  /** Of the same type, place and content, under another name. */
  readonly sameContent: (part: ChangedPart) => ChangedPart | undefined;
  /** Of the same type and name, in another place. */
  readonly sameName: (part: ChangedPart) => ChangedPart | undefined;
}

/** What only stands in an example or a test took nobody's place. */
export function addedPartsIn(changed: readonly ChangedPart[]): Counterparts {
  return counterparts(
    changed.filter(({ before, file }) => before === undefined && isLive(file)),
    { own: ({ before }) => before, other: ({ after }) => after },
  );
}

export function removedPartsIn(changed: readonly ChangedPart[]): Counterparts {
  return counterparts(
    changed.filter(({ after, file }) => after === undefined && isLive(file)),
    { own: ({ after }) => after, other: ({ before }) => before },
  );
}

interface Sides {
  /** The one side of the part that is asked about. */
  readonly own: (part: ChangedPart) => Tree | undefined;
  readonly other: (part: ChangedPart) => Tree | undefined;
}

function counterparts(parts: readonly ChangedPart[], { own, other }: Sides): Counterparts {
  if (parts.length === 0) return NO_COUNTERPARTS;
  const byName = new Map(parts.map((part) => [nameKey(part), part]));
  let byContent: ReadonlyMap<string, ChangedPart> | undefined;
  return {
    sameContent: (part) => {
      byContent ??= new Map(parts.map((each) => [contentKey(each, other(each)), each]));
      return byContent.get(contentKey(part, own(part)));
    },
    sameName: (part) => byName.get(nameKey(part)),
  };
}

const NO_COUNTERPARTS: Counterparts = { sameContent: () => undefined, sameName: () => undefined };

function nameKey({ notation, type, name }: ChangedPart): string {
  return JSON.stringify([notation, type, name]);
}

function contentKey({ type, scope }: ChangedPart, tree: Tree | undefined): string {
  return JSON.stringify([type, scope, fingerprint(tree)]);
}
