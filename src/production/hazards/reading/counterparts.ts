import { isLive } from "../live.ts";
import type { ChangedPart } from "./part.ts";
import { stageOf } from "./stages.ts";
import { fingerprint, type Tree } from "./tree.ts";

/**
 * The parts of one side alone, to find what took the place of one that went, or what a new one was before. Each takes
 * the place of one.
 */
export interface Counterparts {
  /** Of the same type, place and content, under another name. */
  readonly sameContent: (part: ChangedPart) => ChangedPart | undefined;
  /** Of the same type and name, in another place of the same stage. */
  readonly sameName: (part: ChangedPart) => ChangedPart | undefined;
  /** Of the same type and name anywhere, to compare with and not to excuse. */
  readonly likely: (part: ChangedPart) => ChangedPart | undefined;
}

/** What only stands in an example or a test took nobody's place. */
export function addedPartsIn(changed: readonly ChangedPart[]): Counterparts {
  const live = liveFiles();
  return counterparts(
    changed.filter(({ before, file }) => before === undefined && live(file)),
    { own: ({ before }) => before, other: ({ after }) => after },
  );
}

export function removedPartsIn(changed: readonly ChangedPart[]): Counterparts {
  const live = liveFiles();
  return counterparts(
    changed.filter(({ after, file }) => after === undefined && live(file)),
    { own: ({ after }) => after, other: ({ before }) => before },
  );
}

/** Thousands of parts stand in few files, so that each file is asked about once. */
function liveFiles(): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    const live = known.get(path) ?? isLive(path);
    known.set(path, live);
    return live;
  };
}

interface Sides {
  /** The one side of the part that is asked about. */
  readonly own: (part: ChangedPart) => Tree | undefined;
  readonly other: (part: ChangedPart) => Tree | undefined;
}

function counterparts(parts: readonly ChangedPart[], { own, other }: Sides): Counterparts {
  // Most parts have none, which the type alone tells. It costs less than a key of all that is the same.
  const types = new Set(parts.map(({ type }) => type));
  let likely: ReadonlyMap<string, ChangedPart> | undefined;
  let byName: Claims | undefined;
  let byContent: Claims | undefined;
  const isKnown = ({ type }: ChangedPart) => types.has(type);
  return {
    sameContent: (part) => {
      if (!isKnown(part)) return undefined;
      byContent ??= new Claims(parts, (each) => `${placeKey(each)} ${fingerprint(other(each))}`);
      return byContent.of(part, `${placeKey(part)} ${fingerprint(own(part))}`);
    },
    sameName: (part) => {
      if (!isKnown(part)) return undefined;
      byName ??= new Claims(parts, stageKey);
      return byName.of(part, stageKey(part));
    },
    likely: (part) => {
      if (!isKnown(part)) return undefined;
      likely ??= new Map(parts.map((each) => [nameKey(each), each]));
      return likely.get(nameKey(part));
    },
  };
}

/** Parts by what they have in common, each for the first that asks for it. */
class Claims {
  readonly #free: Map<string, ChangedPart[]>;
  readonly #taken = new Map<ChangedPart, ChangedPart | undefined>();

  constructor(parts: readonly ChangedPart[], keyOf: (part: ChangedPart) => string) {
    this.#free = Map.groupBy(parts.toReversed(), keyOf);
  }

  of(part: ChangedPart, key: string): ChangedPart | undefined {
    if (!this.#taken.has(part)) this.#taken.set(part, this.#free.get(key)?.pop());
    return this.#taken.get(part);
  }
}

function stageKey(part: ChangedPart): string {
  return `${stageOf(part.file)} ${nameKey(part)}`;
}

function nameKey({ notation, type, name }: ChangedPart): string {
  return JSON.stringify([notation, type, name]);
}

function placeKey({ type, scope }: ChangedPart): string {
  return JSON.stringify([type, scope]);
}
