import type { Doubt, IdentityField, Signal } from "../catalogue/tool.ts";
import type { Strength } from "../evidence.ts";

/** A mark that matched: whose it is and how far it may be trusted. */
export interface Mark {
  readonly tool: string;
  readonly strength: Strength;
  readonly doubt?: Doubt;
}

export interface IdentityMark extends Mark {
  readonly fields: readonly IdentityField[];
}

export interface EmailMark extends IdentityMark {
  readonly named?: string;
}

export interface PatternMark extends Mark {
  readonly pattern: RegExp;
}

/** A signal with the mark that it leaves. */
export interface Placed {
  readonly signal: Signal;
  readonly mark: Mark;
}

export function compile(source: string): RegExp {
  return new RegExp(source, "i");
}

export function isOf<Kind extends Signal["kind"]>(
  kind: Kind,
  signal: Signal,
): signal is Extract<Signal, { kind: Kind }> {
  return signal.kind === kind;
}

/** What has a key, by it, in order. */
export function group<Key, Item extends { readonly mark: Mark }>(
  items: readonly Item[],
  keyOf: (item: Item) => Key | null,
): ReadonlyMap<Key, readonly Item["mark"][]> {
  const groups = new Map<Key, Item["mark"][]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item.mark]);
    else known.push(item.mark);
  }
  return groups;
}
