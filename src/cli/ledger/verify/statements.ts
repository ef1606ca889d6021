import type { KnownKey } from "../../../attestation/key-set.ts";
import { bundleSentence, verifyBundle } from "../../../attestation/verify.ts";
import type { LinkedEntry } from "../../../ledger/entry.ts";
import { keyEventIn } from "../../../watch/key-event.ts";
import { type Change, changeIn } from "../population/change.ts";
import type { DamageList } from "./findings.ts";

/** Statements of a revoked key that still wait for the entry of its revocation. */
interface Waiting {
  count: number;
  readonly seq: number;
}

/** Checks the signed statements that entries speak of. Memory does not grow with their number. */
export class StatementsCheck {
  readonly #keys: readonly KnownKey[];
  readonly #list: DamageList;
  /** By installation and key: revoked by an entry that came already. */
  readonly #revoked = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  #signed = 0;
  #missing = 0;

  constructor(keys: readonly KnownKey[], list: DamageList) {
    this.#keys = keys;
    this.#list = list;
  }

  get counts(): { readonly signed: number; readonly missing: number } {
    return { signed: this.#signed, missing: this.#missing };
  }

  take(linked: LinkedEntry): void {
    const { kind, installation, data } = linked.entry;
    const event = kind === "key" ? keyEventIn(data) : null;
    if (event?.status === "revoked") {
      const key = keyOf(installation, event.keyid);
      this.#revoked.add(key);
      this.#waiting.delete(key);
    }
    const change = changeIn(linked);
    if (change === null || change === "unreadable" || change.statement === null) return;
    if (change.signed === null) this.#missing += 1;
    else this.#check(change, change.signed);
  }

  #check(change: Change, text: string): void {
    const { installation, seq } = change;
    const result = verifyBundle(parsed(text), this.#keys, (_, { keyid }) => {
      const key = keyOf(installation, keyid);
      if (this.#revoked.has(key)) return false;
      const waiting = this.#waiting.get(key) ?? { count: 0, seq };
      waiting.count += 1;
      this.#waiting.set(key, waiting);
      return true;
    });
    this.#signed += 1;
    if (result.status === "damaged") {
      this.#list.note(`The statement of entry ${seq}: ${bundleSentence(result)}`);
      return;
    }
    const { change: said, outcome } = result.statement.predicate;
    const isSame =
      result.digest === change.statement &&
      said.after === change.after &&
      said.pull === change.pull &&
      outcome === change.passedAs;
    if (!isSame) this.#list.note(`The statement of entry ${seq} says something else than the entry.`);
  }

  end(): void {
    for (const [key, { count, seq }] of this.#waiting) {
      const [, keyid = ""] = key.split(" ");
      this.#list.note(
        `${count === 1 ? "A statement is" : `${count} statements are`} signed with the key ${keyid}, the first at entry ${seq}: it was revoked, and no entry behind them says so.`,
      );
    }
  }
}

function keyOf(installation: number, keyid: string): string {
  return `${installation} ${keyid}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
