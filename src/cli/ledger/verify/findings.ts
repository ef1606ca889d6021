import type { ChainReport } from "../../../ledger/verify.ts";

/** What a verification found. */
export interface Findings {
  /** One sentence for each damage; none for what is whole. */
  readonly damages: readonly string[];
  /** How many more there are. */
  readonly more: number;
  /** What was checked, and what that does not show. */
  readonly remarks: readonly string[];
  readonly chains: readonly Pick<
    ChainReport,
    "installation" | "entries" | "carriedOver" | "first" | "last" | "anchoredThrough"
  >[];
}

/** As much as a person reads. */
const MOST = 1_000;

/** Notes damages up to a measure. */
export class DamageList {
  readonly #found: string[] = [];
  #more = 0;

  note(sentence: string): void {
    if (this.#found.length < MOST) this.#found.push(sentence);
    else this.#more += 1;
  }

  add(more: number): void {
    this.#more += more;
  }

  get damages(): readonly string[] {
    return this.#found;
  }

  get more(): number {
    return this.#more;
  }
}
