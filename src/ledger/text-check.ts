import type { Damage } from "./damage.ts";
import type { Json, LinkedEntry, Texts } from "./entry.ts";
import { erasureIn } from "./records.ts";
import { commitmentOf, sealedPlaces } from "./sealing.ts";

export interface TextCounts {
  readonly kept: number;
  readonly erased: number;
  /** Neither kept here nor erased: backups hold none. */
  readonly elsewhere: number;
}

/** Checks the texts of entries against what their chain holds of them, and what is erased against what erased it. */
export class TextCheck {
  readonly #note: (damage: Damage) => void;
  /** Said to be erased by an entry that has not come yet: as many as are erased. */
  readonly #claims = new Map<number, Map<number, string[]>>();
  #kept = 0;
  #erased = 0;
  #elsewhere = 0;

  constructor(note: (damage: Damage) => void) {
    this.#note = note;
  }

  get counts(): TextCounts {
    return { kept: this.#kept, erased: this.#erased, elsewhere: this.#elsewhere };
  }

  take({ entry: { seq, kind, data }, texts }: LinkedEntry): void {
    const places = sealedPlaces(data);
    for (const place of Object.keys(texts))
      if (!places.has(place)) this.#note({ kind: "text-inserted", seq, place });
    for (const [place, sealed] of places) this.#takeText(seq, place, { sealed, texts });
    if (kind === "erasure") this.#settle(seq, data);
  }

  #takeText(
    seq: number,
    place: string,
    { sealed, texts }: { readonly sealed: string; readonly texts: Texts },
  ): void {
    const text = Object.hasOwn(texts, place) ? texts[place] : undefined;
    if (text === undefined) this.#elsewhere += 1;
    else if ("text" in text) {
      this.#kept += 1;
      if (commitmentOf(text) !== sealed) this.#note({ kind: "text-changed", seq, place });
    } else {
      this.#erased += 1;
      const claims = this.#claims.get(text.erasedBy) ?? new Map<number, string[]>();
      this.#claims.set(text.erasedBy, claims.set(seq, [...(claims.get(seq) ?? []), place]));
    }
  }

  #settle(by: number, data: Json): void {
    const erasure = erasureIn(data);
    for (const [seq, places] of this.#claims.get(by) ?? []) {
      const told = erasure?.erased[String(seq)] ?? [];
      if (!places.every((place) => told.includes(place))) this.#note({ kind: "erasure-unknown", seq, by });
    }
    this.#claims.delete(by);
  }

  /** What no entry was found for that did it. */
  end(): void {
    for (const [by, claims] of this.#claims)
      for (const seq of claims.keys()) this.#note({ kind: "erasure-unknown", seq, by });
  }
}
