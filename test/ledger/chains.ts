import { genesisOf, hashOf } from "../../src/ledger/chain.ts";
import type { Entry, EntryKind, LinkedEntry } from "../../src/ledger/entry.ts";
import { seal } from "../../src/ledger/sealing.ts";

/** Keys that are the same in every run. */
export function countedKeys(): () => string {
  let count = 0;
  return () => String(++count).padStart(22, "k");
}

export interface Told {
  readonly kind: EntryKind;
  readonly data: unknown;
}

/** The entry `seq` of a chain that is about one pull request after another. */
export function verdictOf(seq: number): Told {
  return {
    kind: "verdict",
    data: {
      conclusion: seq % 2 === 0 ? "success" : "failure",
      signedBy: [{ id: seq, login: `owner-${seq}` }],
    },
  };
}

/** A chain of as many entries, each what `tell` makes of its number. */
export function chainOf(
  length: number,
  { installation = 1, tell = verdictOf }: { installation?: number; tell?: (seq: number) => Told } = {},
): LinkedEntry[] {
  const newKey = countedKeys();
  const chain: LinkedEntry[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const { kind, data } = tell(seq);
    const sealed = seal(data, newKey);
    chain.push(
      linked(chain.at(-1)?.hash ?? genesisOf(installation), sealed.texts, {
        ...{ installation, seq, kind, carriedOver: false, data: sealed.data },
        ...{ at: new Date(Date.UTC(2026, 0, 1) + seq * 1_000).toISOString(), happenedAt: null },
        ...{ repository: { id: 7, name: "acme/shop" }, pull: (seq % 9) + 1, headSha: "a".repeat(40) },
      }),
    );
  }
  return chain;
}

export function linked(prev: string, texts: LinkedEntry["texts"], entry: Entry): LinkedEntry {
  return { entry, prev, hash: hashOf(prev, entry), texts };
}

/** What somebody makes of a chain who changes entry `seq` and computes every hash behind it anew. */
export function rewrittenFrom(
  chain: readonly LinkedEntry[],
  seq: number,
  change: Partial<Entry>,
): LinkedEntry[] {
  const anew: LinkedEntry[] = chain.slice(0, seq - 1);
  for (const { entry, texts, prev } of chain.slice(seq - 1)) {
    const changed = entry.seq === seq ? { ...entry, ...change } : entry;
    anew.push(linked(anew.at(-1)?.hash ?? prev, texts, changed));
  }
  return anew;
}
