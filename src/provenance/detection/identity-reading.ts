import type { IdentityField } from "../catalogue/tool.ts";
import type { Identity } from "../identity.ts";
import { type Found, identityMarks, type Known } from "../signals/match.ts";
import type { IdentityKind } from "../signals/people.ts";

/** Whose a git identity is, and the signals it carries in each place where it can stand. */
export interface IdentityReading {
  kind(): IdentityKind;
  marks(field: IdentityField): readonly Found[];
}

export type ReadIdentity = (identity: Identity) => IdentityReading;

export function identityReader(known: Known): ReadIdentity {
  return (identity) => ({
    kind: () => known.people.identity(identity),
    marks: (field) => identityMarks(known, identity, field),
  });
}
