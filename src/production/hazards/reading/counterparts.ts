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
  // Most parts have none, which the type alone tells. It costs less than a key of all that is the same.
  const types = new Set(parts.map(({ type }) => type));
  const byName = new Map(parts.map((part) => [nameKey(part), part]));
  let byContent: ReadonlyMap<string, ReadonlyMap<string, ChangedPart>> | undefined;
  return {
    sameContent: (part) => {
      if (!types.has(part.type)) return undefined;
      byContent ??= contents(parts, other);
      const here = byContent.get(placeKey(part));
      return here?.get(fingerprint(own(part)));
    },
    sameName: (part) => (types.has(part.type) ? byName.get(nameKey(part)) : undefined),
  };
}

/** By place, then by content. Of equal ones the last counts. */
function contents(parts: readonly ChangedPart[], side: Sides["other"]) {
  const found = new Map<string, Map<string, ChangedPart>>();
  for (const part of parts) {
    const key = placeKey(part);
    const here = found.get(key) ?? new Map<string, ChangedPart>();
    found.set(key, here.set(fingerprint(side(part)), part));
  }
  return found;
}

function nameKey({ notation, type, name }: ChangedPart): string {
  return JSON.stringify([notation, type, name]);
}

function placeKey({ type, scope }: ChangedPart): string {
  return JSON.stringify([type, scope]);
}
