/** What is wrong with a chain. `seq` is the sequence number of the entry that it was found at. */
export type Damage =
  /** Its content is not what was hashed, or the next entry was made after another one. */
  | { readonly kind: "changed"; readonly seq: number }
  /** All from one number to another are gone. */
  | { readonly kind: "removed"; readonly seq: number; readonly to: number }
  /** Its number was given already. */
  | { readonly kind: "inserted"; readonly seq: number }
  /** It stands behind later ones. */
  | { readonly kind: "reordered"; readonly seq: number }
  /** It is of another installation. */
  | { readonly kind: "foreign"; readonly seq: number; readonly installation: number }
  /** The first entry does not follow what the chain of this installation begins with. */
  | { readonly kind: "other-beginning"; readonly seq: number }
  /** What was noted of the chain elsewhere is further on than its end. */
  | { readonly kind: "truncated"; readonly seq: number; readonly anchor: string }
  /** What was noted elsewhere has this number and another hash: it or an earlier one was written anew. */
  | { readonly kind: "rewritten"; readonly seq: number; readonly anchor: string }
  /** No entry has the hash that was noted elsewhere without a number. */
  | { readonly kind: "unknown-anchor"; readonly seq: number; readonly anchor: string }
  /** A text is not the one that was hashed. */
  | { readonly kind: "text-changed"; readonly seq: number; readonly place: string }
  /** A text stands where the entry has none. */
  | { readonly kind: "text-inserted"; readonly seq: number; readonly place: string }
  /** A text is said to be erased by an entry that did not erase it. */
  | { readonly kind: "erasure-unknown"; readonly seq: number; readonly by: number };

/** One sentence for people. */
export function damageSentence(damage: Damage): string {
  const { seq } = damage;
  switch (damage.kind) {
    case "changed":
      return `Entry ${seq} was changed.`;
    case "removed":
      return seq === damage.to ? `Entry ${seq} was removed.` : `Entries ${seq} to ${damage.to} were removed.`;
    case "inserted":
      return `An entry was inserted: there is more than one with number ${seq}.`;
    case "reordered":
      return `Entry ${seq} stands behind later ones: the order was changed.`;
    case "foreign":
      return `Entry ${seq} is of another chain, that of installation ${damage.installation}.`;
    case "other-beginning":
      return `The chain begins otherwise than that of this installation: entry ${seq} follows something else.`;
    case "truncated":
      return `The end was cut off: entry ${seq} was noted elsewhere with hash ${damage.anchor}, and is not there.`;
    case "rewritten":
      return `Entry ${seq} was noted elsewhere with hash ${damage.anchor}, and has another: it or an earlier one was rewritten.`;
    case "unknown-anchor":
      return `No entry has hash ${damage.anchor}, which was noted elsewhere: the end was cut off after entry ${seq}, or entries were rewritten.`;
    case "text-changed":
      return `A text of entry ${seq} was changed, at ${damage.place}.`;
    case "text-inserted":
      return `A text was added to entry ${seq}, at ${damage.place}, where the entry has none.`;
    case "erasure-unknown":
      return `A text of entry ${seq} is said to be erased by entry ${damage.by}, which did not erase it.`;
  }
}
