import type { Identity } from "./identity.ts";
import { type Found, identityMarks, type Known } from "./marks.ts";
import type { IdentityKind } from "./people.ts";
import type { IdentityField } from "./tool.ts";

/** Whose a git identity is, and the marks it carries in each place where it can stand. */
export interface Hand {
  readonly kind: IdentityKind;
  readonly marks: Readonly<Record<IdentityField, readonly Found[]>>;
}

/** More than a history has of people at work at one time; it bounds the memory that a long one takes. */
const MOST_REMEMBERED = 20_000;

/** Reads identities; those without an account are remembered, because a history repeats them on every commit. */
export function createHands(known: Known): (identity: Identity) => Hand {
  const remembered = new Map<string, Hand>();

  function read(identity: Identity): Hand {
    const marks = (field: IdentityField) => identityMarks(known, identity, field);
    return {
      kind: known.people.identity(identity),
      marks: { author: marks("author"), committer: marks("committer"), "co-author": marks("co-author") },
    };
  }

  return (identity) => {
    if (identity.account !== null) return read(identity);
    const key = `${identity.email}\n${identity.name}`;
    const seen = remembered.get(key);
    if (seen !== undefined) return seen;
    const hand = read(identity);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, hand);
    return hand;
  };
}
