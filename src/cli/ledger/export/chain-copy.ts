import type { LinkedEntry, Texts } from "../../../ledger/entry.ts";
import type { ChainEnd } from "../../../store/ledger.ts";
import type { MemoryReader } from "../../../store/memory.ts";
import type { CountedOutcome } from "../../../store/watch.ts";
import type { Progress } from "../../output/progress.ts";
import { grouped } from "../../scan/counts/figures.ts";
import { entryLine } from "../files/entry-line.ts";
import { type ChainPiece, FILES, type WatchedCount } from "../files/manifest.ts";
import { SealedFile } from "../files/sealed-file.ts";
import { changeIn } from "../population/change.ts";
import type { HeldMerges } from "../population/merges.ts";
import { isIn, type Period } from "../population/period.ts";

interface CopyPorts {
  readonly folder: string;
  readonly reader: Pick<MemoryReader, "chains" | "chain" | "outcomes">;
  readonly period: Period;
  readonly progress: Progress;
  /** `null` where GitHub is not asked. */
  readonly merges: HeldMerges | null;
}

interface Copied {
  readonly chains: readonly ChainPiece[];
  readonly watched: readonly WatchedCount[] | null;
  /** How many signed statements there are in it. */
  readonly statements: number;
  /** SHA-256 by name. */
  readonly files: ReadonlyMap<string, string>;
}

/** A clock of ours may be behind GitHub's by so much, so that an entry is noted before what it tells. */
const CLOCKS_DIFFER_MS = 24 * 60 * 60_000;

const AT_ONCE = 500;

/** The App goes on meanwhile. */
const MOST_ATTEMPTS = 20;

/**
 * Copies the chains from the period's beginning to their end: what moved a branch may be noted late. Texts that name
 * people are copied of the changes in the period alone. On the way it counts all changes that there are.
 */
export class ChainCopy {
  readonly #ports: CopyPorts;
  readonly #chain: SealedFile;
  readonly #statements: SealedFile;
  readonly #held = new Map<string, number>();
  #read = 0;
  #kept = 0;
  #isWhole = true;

  private constructor(ports: CopyPorts, chain: SealedFile, statements: SealedFile) {
    this.#ports = ports;
    this.#chain = chain;
    this.#statements = statements;
  }

  static async begin(ports: CopyPorts): Promise<ChainCopy> {
    const chain = await SealedFile.create(ports.folder, FILES.chain);
    return new ChainCopy(ports, chain, await SealedFile.create(ports.folder, FILES.statements));
  }

  async all(): Promise<Copied> {
    const pieces: ChainPiece[] = [];
    const { ends, counted } = await this.#atOneMoment();
    for (const end of ends) pieces.push(await this.#piece(end));
    const files = new Map([
      [FILES.chain, await this.#chain.close()],
      [FILES.statements, await this.#statements.close()],
    ]);
    const watched = counted === null || !this.#isWhole ? null : compared(counted, this.#held);
    return { chains: pieces, watched, statements: this.#kept, files };
  }

  /** The ends of the chains, and what was counted by then: an entry and its count are kept together. */
  async #atOneMoment(): Promise<{
    readonly ends: readonly ChainEnd[];
    readonly counted: readonly CountedOutcome[] | null;
  }> {
    const { reader } = this.#ports;
    let ends = await reader.chains();
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const counted = await reader.outcomes();
      const later = await reader.chains();
      if (JSON.stringify(later) === JSON.stringify(ends)) return { ends, counted };
      ends = later;
    }
    return { ends, counted: null };
  }

  async #piece({ installation, seq: end, hash }: ChainEnd): Promise<ChainPiece> {
    const { reader, period, progress } = this.#ports;
    let first: ChainPiece["first"] = null;
    let begun = false;
    let before = 0;
    for await (const linked of reader.chain(installation)) {
      const { seq, at } = linked.entry;
      if (seq > end) break;
      this.#read += 1;
      if (this.#read % AT_ONCE === 0) progress.report(`reading the ledger: ${grouped(this.#read)} entries`);
      // Earlier ones were removed.
      if (seq !== before + 1) this.#isWhole = false;
      before = seq;
      this.#count(linked);
      this.#take(linked);
      begun ||= Date.parse(at) >= period.from - CLOCKS_DIFFER_MS;
      if (!begun) continue;
      first ??= { seq, prev: linked.prev };
      await this.#copy(linked);
    }
    return { installation, first, last: { seq: end, hash } };
  }

  #count({ entry: { kind, data } }: LinkedEntry): void {
    if (
      (kind !== "change" && kind !== "bypass") ||
      data === null ||
      typeof data !== "object" ||
      !("outcome" in data)
    )
      return;
    const outcome = String(data.outcome);
    this.#held.set(outcome, (this.#held.get(outcome) ?? 0) + 1);
  }

  #take(linked: LinkedEntry): void {
    const { merges } = this.#ports;
    const change = merges === null ? null : changeIn(linked);
    if (change !== null && change !== "unreadable") merges?.take(change);
  }

  async #copy(linked: LinkedEntry): Promise<void> {
    const change = changeIn(linked);
    const isAskedFor = change !== null && (change === "unreadable" || isIn(this.#ports.period, change));
    const texts: Texts = isAskedFor ? linked.texts : {};
    await this.#chain.add(`${entryLine({ ...linked, texts })}\n`);
    if (!isAskedFor || change === "unreadable" || change.signed === null) return;
    this.#kept += 1;
    await this.#statements.add(`${change.signed}\n`);
  }
}

function compared(
  counted: readonly CountedOutcome[],
  held: ReadonlyMap<string, number>,
): readonly WatchedCount[] {
  const sums = new Map<string, number>();
  for (const { outcome, count } of counted) sums.set(outcome, (sums.get(outcome) ?? 0) + count);
  return [...new Set([...sums.keys(), ...held.keys()])].toSorted().map((outcome) => {
    return { outcome, counted: sums.get(outcome) ?? 0, held: held.get(outcome) ?? 0 };
  });
}
