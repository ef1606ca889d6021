import type { Strength } from "../evidence.ts";
import type { IdentityField, Signal, UnreliablePeriod } from "../tool/tool.ts";

/** What a match says: whose the signal is and how far it may be trusted. */
export interface CompiledSignal {
  readonly tool: string;
  readonly strength: Strength;
  readonly unreliable?: UnreliablePeriod;
}

export interface IdentitySignal extends CompiledSignal {
  readonly fields: readonly IdentityField[];
}

export interface EmailSignal extends IdentitySignal {
  readonly named?: string;
}

export interface PatternSignal extends CompiledSignal {
  readonly pattern: RegExp;
}

/** A signal with what it says when it matches. */
export interface IndexedSignal {
  readonly signal: Signal;
  readonly compiled: CompiledSignal;
}

/** What has a key, by it, in order. */
export function group<Key, Item extends { readonly compiled: CompiledSignal }>(
  items: readonly Item[],
  keyOf: (item: Item) => Key | null,
): ReadonlyMap<Key, readonly Item["compiled"][]> {
  const groups = new Map<Key, Item["compiled"][]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item.compiled]);
    else known.push(item.compiled);
  }
  return groups;
}
