import { isCheckpointSigned } from "../../../attestation/checkpoint.ts";
import type { KnownKey } from "../../../attestation/key-set.ts";
import { type Damage, damageSentence } from "../../../ledger/damage.ts";
import type { LinkedEntry } from "../../../ledger/entry.ts";
import { type Anchor, ChainCheck, type ChainReport } from "../../../ledger/verify.ts";
import type { DamageList } from "./findings.ts";

/** Checks several chains against anchors of which nobody knows which chain each is of. */
export class ChainsCheck {
  readonly #anchors: readonly Anchor[];
  readonly #checks = new Map<number, ChainCheck>();
  readonly #isPiece: boolean;

  /** A piece of a chain begins anywhere, and what came later may have erased texts of it. */
  constructor(anchors: readonly string[], { isPiece }: { readonly isPiece: boolean }) {
    this.#anchors = anchors.map((hash) => ({ hash }));
    this.#isPiece = isPiece;
  }

  begin(installation: number): void {
    if (!this.#checks.has(installation))
      this.#checks.set(installation, new ChainCheck(installation, this.#anchors));
  }

  /** `installation` is the one whose chain it stands in. */
  take(installation: number, linked: LinkedEntry): void {
    this.begin(installation);
    this.#checks.get(installation)?.take(linked);
  }

  /** `keys`: what checkpoints have to be signed with, where they are signed at all. */
  end(list: DamageList, keys: readonly KnownKey[]): readonly ChainReport[] {
    const reports = [...this.#checks.values()].map((check) => check.end());
    const met = (anchor: string) =>
      reports.some(({ damages }) => damages.every((damage) => !isAbout(damage, anchor)));
    for (const report of reports) {
      for (const damage of report.damages)
        if (!this.#isExplained(damage, report)) list.note(sentenceOf(damage, report, reports.length));
      list.add(report.more);
      for (const { seq, signature, ...checkpoint } of report.checkpoints)
        if (signature !== undefined && !isCheckpointSigned(checkpoint, signature, keys))
          list.note(`The checkpoint of entry ${seq} is not what its key signed, or the key is not known.`);
    }
    for (const { hash } of this.#anchors) if (!met(hash)) list.note(unmetSentence(hash, reports));
    return reports;
  }

  #isExplained(damage: Damage, { first, last }: ChainReport): boolean {
    // Said once for all chains.
    if (damage.kind === "unknown-anchor") return true;
    if (!this.#isPiece) return false;
    if (damage.kind === "removed") return damage.to < (first?.seq ?? 0);
    return damage.kind === "erasure-unknown" && damage.by > (last?.seq ?? 0);
  }
}

function isAbout(damage: Damage, anchor: string): boolean {
  return "anchor" in damage && damage.anchor === anchor;
}

function sentenceOf(damage: Damage, { installation }: ChainReport, chains: number): string {
  const sentence = damageSentence(damage);
  return chains === 1 ? sentence : `Installation ${installation}: ${sentence}`;
}

function unmetSentence(anchor: string, reports: readonly ChainReport[]): string {
  const [only] = reports;
  if (only !== undefined && reports.length === 1)
    return damageSentence({ kind: "unknown-anchor", seq: only.last?.seq ?? 0, anchor });
  return `No entry of any chain has hash ${anchor}, which was noted elsewhere: an end was cut off, or entries were rewritten.`;
}
