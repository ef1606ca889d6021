import type { IdentityField } from "../catalogue/tool.ts";
import type { Account, Identity } from "../identity.ts";
import { type Found, identityMarks, type Known } from "../signals/match.ts";
import type { IdentityKind } from "../signals/people.ts";

/** Whose a git identity is, and the marks it carries in each place where it can stand. */
export interface Hand {
  readonly kind: IdentityKind;
  readonly marks: (field: IdentityField) => readonly Found[];
}

interface Remembered {
  readonly identity: Identity;
  readonly hand: Hand;
}

/** More people than are at work in a history at one time; it bounds the memory that a long one takes. */
const MOST_ADDRESSES = 20_000;
const MOST_NAMES = 8;

/** Reads identities, and remembers them: a history repeats them on every commit. */
export function createHands(known: Known): (identity: Identity) => Hand {
  const remembered = new Map<string, Remembered[]>();

  function read(identity: Identity): Hand {
    const marks = new Map<IdentityField, readonly Found[]>();
    return {
      kind: known.people.identity(identity),
      marks(field) {
        const found = marks.get(field) ?? identityMarks(known, identity, field);
        marks.set(field, found);
        return found;
      },
    };
  }

  function remember(others: Remembered[] | undefined, { name, email, account }: Identity): Hand {
    const identity = { name: copy(name), email: copy(email), account };
    const hand = read(identity);
    if (others === undefined) {
      if (remembered.size >= MOST_ADDRESSES) remembered.clear();
      remembered.set(identity.email, [{ identity, hand }]);
    } else if (others.length < MOST_NAMES) {
      others.push({ identity, hand });
    }
    return hand;
  }

  return (identity) => {
    const { name, account } = identity;
    const others = remembered.get(identity.email);
    const own = others?.find(
      (other) => other.identity.name === name && isSame(other.identity.account, account),
    );
    return own?.hand ?? remember(others, identity);
  };
}

function isSame(one: Account | null, other: Account | null): boolean {
  if (one === null || other === null) return one === other;
  return one.id === other.id && one.login === other.login && one.type === other.type;
}

/** The same text in a string of its own: a part of a longer one would keep all of that in memory. */
function copy(text: string): string {
  return ` ${text}`.slice(1);
}
