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
  const likely = new Map(parts.map((part) => [nameKey(part), part]));
  const byName = new Claims(parts, (part) => `${stageOf(part.file)} ${nameKey(part)}`);
  let byContent: Claims | undefined;
  const isKnown = ({ type }: ChangedPart) => types.has(type);
  return {
    sameContent: (part) => {
      if (!isKnown(part)) return undefined;
      byContent ??= new Claims(parts, (each) => `${placeKey(each)} ${fingerprint(other(each))}`);
      return byContent.of(part, `${placeKey(part)} ${fingerprint(own(part))}`);
    },
    sameName: (part) =>
      isKnown(part) ? byName.of(part, `${stageOf(part.file)} ${nameKey(part)}`) : undefined,
    likely: (part) => (isKnown(part) ? likely.get(nameKey(part)) : undefined),
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

function nameKey({ notation, type, name }: ChangedPart): string {
  return JSON.stringify([notation, type, name]);
}

function placeKey({ type, scope }: ChangedPart): string {
  return JSON.stringify([type, scope]);
}
