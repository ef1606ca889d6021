import { genesisOf, hashOf } from "./chain.ts";
import type { Damage } from "./damage.ts";
import type { LinkedEntry } from "./entry.ts";
import { type CheckpointData, checkpointIn } from "./records.ts";
import { TextCheck, type TextCounts } from "./text-check.ts";

/** A hash that was noted outside the store, with the number of its entry where that was noted too. */
export interface Anchor {
  readonly hash: string;
  readonly seq?: number;
}

export interface ChainReport {
  readonly installation: number;
  readonly entries: number;
  /** How many of them an earlier version wrote. */
  readonly carriedOver: number;
  /** `null` for a chain without entries. */
  readonly first: Place | null;
  readonly last: Place | null;
  /** The number of the last entry that an anchor was found for: nobody changed it or an earlier one. `null` for none. */
  readonly anchoredThrough: number | null;
  /** The checkpoints that the chain holds, oldest first. Their signatures are not looked at here. */
  readonly checkpoints: readonly (CheckpointData & { readonly seq: number })[];
  readonly texts: TextCounts;
  /** In the order in which it was found, up to {@link MOST_DAMAGES}. */
  readonly damages: readonly Damage[];
  /** How many more there are. */
  readonly more: number;
}

interface Place {
  readonly seq: number;
  readonly hash: string;
}

/** As much as a person reads, and as memory holds. */
const MOST_DAMAGES = 1_000;

/** Checks one installation's chain, entry by entry, as a whole: it goes on behind damage. Memory does not grow with it. */
export class ChainCheck {
  readonly #installation: number;
  readonly #anchors: Map<string, Anchor>;
  readonly #found: Damage[] = [];
  readonly #checkpoints: (CheckpointData & { readonly seq: number })[] = [];
  readonly #texts = new TextCheck((damage) => this.#note(damage));
  /** Numbers that did not come where they should have: from one to another. */
  #missing: { readonly from: number; readonly to: number }[] = [];
  #more = 0;
  #entries = 0;
  #carriedOver = 0;
  #first: (Place & { readonly prev: string }) | null = null;
  #last: Place | null = null;
  /** Whether the last one was itself found changed, which explains that the next does not follow it. */
  #lastChanged = false;
  #anchoredThrough: number | null = null;

  constructor(installation: number, anchors: readonly Anchor[] = []) {
    this.#installation = installation;
    this.#anchors = new Map(anchors.map((anchor) => [anchor.hash, anchor]));
  }

  take(linked: LinkedEntry): void {
    const { entry, hash } = linked;
    const { seq } = entry;
    if (entry.installation !== this.#installation) {
      this.#note({ kind: "foreign", seq, installation: entry.installation });
      return;
    }
    this.#entries += 1;
    if (entry.carriedOver) this.#carriedOver += 1;
    const isWhole = hasHash(linked);
    this.#place(linked, isWhole);
    if (isWhole) this.#texts.take(linked);
    if (isWhole) this.#meet(seq, hash);
    if (entry.kind === "checkpoint") {
      const checkpoint = checkpointIn(entry.data);
      if (checkpoint !== null) this.#checkpoints.push({ seq, ...checkpoint });
    }
  }

  #place({ entry, prev, hash }: LinkedEntry, isWhole: boolean): void {
    const last = this.#last;
    // Of one that was changed, what it follows tells better than its number where it stands.
    const seq = !isWhole && last !== null && prev === last.hash ? last.seq + 1 : entry.seq;
    if (!isWhole) this.#note({ kind: "changed", seq });
    if (last !== null && seq <= last.seq) {
      this.#note(this.#takeMissing(seq) ? { kind: "reordered", seq } : { kind: "inserted", seq });
      return;
    }
    if (last === null) this.#first = { seq, prev, hash };
    if (seq > (last?.seq ?? 0) + 1) this.#miss((last?.seq ?? 0) + 1, seq - 1);
    else if (last !== null && prev !== last.hash && isWhole && !this.#lastChanged)
      this.#note({ kind: "changed", seq: last.seq });
    this.#last = { seq, hash };
    this.#lastChanged = !isWhole;
  }

  #meet(seq: number, hash: string): void {
    const anchor = this.#anchors.get(hash);
    if (anchor === undefined || (anchor.seq !== undefined && anchor.seq !== seq)) return;
    this.#anchors.delete(hash);
    this.#anchoredThrough = Math.max(seq, this.#anchoredThrough ?? 0);
  }

  #miss(from: number, to: number): void {
    if (this.#missing.length < MOST_DAMAGES) this.#missing.push({ from, to });
    else this.#more += 1;
  }

  #takeMissing(seq: number): boolean {
    const range = this.#missing.find(({ from, to }) => from <= seq && seq <= to);
    if (range === undefined) return false;
    const { from, to } = range;
    const rest = [
      { from, to: seq - 1 },
      { from: seq + 1, to },
    ];
    this.#missing = this.#missing.flatMap((one) => (one === range ? rest : [one]));
    this.#missing = this.#missing.filter((one) => one.from <= one.to);
    return true;
  }

  #note(damage: Damage): void {
    if (this.#found.length < MOST_DAMAGES) this.#found.push(damage);
    else this.#more += 1;
  }

  end(): ChainReport {
    this.#texts.end();
    this.#checkBeginning();
    for (const { from, to } of this.#missing) this.#note({ kind: "removed", seq: from, to });
    for (const anchor of this.#anchors.values()) this.#note(this.#unmet(anchor));
    return {
      ...{ installation: this.#installation, entries: this.#entries, carriedOver: this.#carriedOver },
      first: this.#first && { seq: this.#first.seq, hash: this.#first.hash },
      last: this.#last,
      ...{ anchoredThrough: this.#anchoredThrough, checkpoints: this.#checkpoints },
      texts: this.#texts.counts,
      ...{ damages: this.#found, more: this.#more },
    };
  }

  /** The first follows the genesis, or what a checkpoint of this chain says was removed. */
  #checkBeginning(): void {
    const first = this.#first;
    if (first === null) return;
    const { seq, prev } = first;
    if (seq === 1) {
      if (prev !== genesisOf(this.#installation)) this.#note({ kind: "other-beginning", seq });
      return;
    }
    const tells = this.#checkpoints.some(({ through, hash }) => through === seq - 1 && hash === prev);
    if (tells) this.#missing = this.#missing.filter(({ to }) => to >= seq);
  }

  #unmet({ hash: anchor, seq }: Anchor): Damage {
    const end = this.#last?.seq ?? 0;
    if (seq === undefined) return { kind: "unknown-anchor", seq: end, anchor };
    return { kind: seq > end ? "truncated" : "rewritten", seq, anchor };
  }
}

function hasHash({ entry, prev, hash }: LinkedEntry): boolean {
  try {
    return hashOf(prev, entry) === hash;
  } catch {
    // It has no canonical form, so nobody hashed it.
    return false;
  }
}

/** Checks one installation's chain, given in its order. */
export async function verifyChain(
  installation: number,
  chain: AsyncIterable<LinkedEntry> | Iterable<LinkedEntry>,
  anchors: readonly Anchor[] = [],
): Promise<ChainReport> {
  const check = new ChainCheck(installation, anchors);
  for await (const linked of chain) check.take(linked);
  return check.end();
}
