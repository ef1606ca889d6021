/** What an entry of the ledger tells. */
export const ENTRY_KINDS = [
  // What was found of who wrote a change.
  "evidence",
  // What was concluded, where it is not what was concluded of the same head before.
  "verdict",
  "countersignature",
  "refusal",
  // A word on a hazard: that it is a false alarm.
  "answer",
  // Asked for, granted, ended.
  "override",
  // Frozen, lifted.
  "freeze",
  // A change of a governed branch, with what let it in.
  "change",
  // One that nothing let in.
  "bypass",
  // Opened, accepted.
  "follow-up",
  // The rules by which changes are judged are others than before.
  "rules",
  // A signing key that is used from now on, or no more.
  "key",
  // Names or reasons of earlier entries were erased.
  "erasure",
  // Earlier entries were removed, as their time was over.
  "checkpoint",
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What the chain holds of one entry: all of it is hashed. */
export interface Entry {
  /** GitHub's id. `0` for what an earlier version wrote of a repository that is not known any more. */
  readonly installation: number;
  /** From 1 on, without a gap. */
  readonly seq: number;
  /** When the App wrote it, ISO 8601. */
  readonly at: string;
  /** GitHub's time of what it tells, ISO 8601; `null` where GitHub has none. */
  readonly happenedAt: string | null;
  /** `id` is GitHub's, `null` where an earlier version did not write it. `name`: `owner/name` as it was then. */
  readonly repository: { readonly id: number | null; readonly name: string } | null;
  readonly pull: number | null;
  readonly headSha: string | null;
  readonly kind: EntryKind;
  /** An earlier version wrote it, before there was a chain: it was chained when that version was replaced. */
  readonly carriedOver: boolean;
  /** In place of every text that can be erased: `{"sealed": HASH}`, SHA-256 of its key and the text. */
  readonly data: Json;
}

/**
 * The texts of an entry by their places in its data (JSON pointers, RFC 6901), each with the key that it is hashed with,
 * or with the sequence number of the entry by which it was erased. A place that is missing here has its text elsewhere:
 * backups hold none.
 */
export type Texts = Readonly<Record<string, Text | Erased>>;

export interface Text {
  /** 22 letters, random. */
  readonly key: string;
  readonly text: string;
}

interface Erased {
  readonly erasedBy: number;
}

/** An entry in its chain. Hashes are SHA-256 in lower-case hexadecimal digits. */
export interface LinkedEntry {
  readonly entry: Entry;
  /** The hash of the entry before; see `genesisOf` for the first. */
  readonly prev: string;
  readonly hash: string;
  readonly texts: Texts;
}
