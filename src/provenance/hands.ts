import type { Identity } from "./identity.ts";
import { type Found, identityMarks, type Known } from "./marks.ts";
import type { IdentityKind } from "./people.ts";
import type { IdentityField } from "./tool.ts";

/** Whose a git identity is, and the marks it carries in each place where it can stand. */
export interface Hand {
  readonly kind: IdentityKind;
  readonly marks: Readonly<Record<IdentityField, readonly Found[]>>;
}

interface Remembered {
  readonly name: string;
  readonly hand: Hand;
}

/** More people than are at work in a history at one time; it bounds the memory that a long one takes. */
const MOST_ADDRESSES = 20_000;
const MOST_NAMES = 8;

/** Reads identities. Those without an account are remembered, because a history repeats them on every commit. */
export function createHands(known: Known): (identity: Identity) => Hand {
  const remembered = new Map<string, Remembered[]>();

  function read(identity: Identity): Hand {
    const marks = (field: IdentityField) => identityMarks(known, identity, field);
    return {
      kind: known.people.identity(identity),
      marks: { author: marks("author"), committer: marks("committer"), "co-author": marks("co-author") },
    };
  }

  function remember(names: Remembered[] | undefined, name: string, email: string): Hand {
    const own = { name: copy(name), email: copy(email) };
    const hand = read({ ...own, account: null });
    if (names === undefined) {
      if (remembered.size >= MOST_ADDRESSES) remembered.clear();
      remembered.set(own.email, [{ name: own.name, hand }]);
    } else if (names.length < MOST_NAMES) {
      names.push({ name: own.name, hand });
    }
    return hand;
  }

  return (identity) => {
    const { account, name, email } = identity;
    if (account !== null) return read(identity);
    const names = remembered.get(email);
    return names?.find((one) => one.name === name)?.hand ?? remember(names, name, email);
  };
}

/** The same text in a string of its own: a part of a longer one would keep all of that in memory. */
function copy(text: string): string {
  return ` ${text}`.slice(1);
}
