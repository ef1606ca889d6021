import type { Identity } from "../identity.ts";
import { identityMatches, type KnownSignals, type Match } from "../signals/match.ts";
import type { IdentityKind } from "../signals/people.ts";
import type { IdentityField } from "../tool/tool.ts";

/** Whose a git identity is, and the signals it carries in each place where it can stand. */
export interface IdentityReading {
  kind(): IdentityKind;
  matches(field: IdentityField): readonly Match[];
}

export type ReadIdentity = (identity: Identity) => IdentityReading;

export function identityReader(known: KnownSignals): ReadIdentity {
  return (identity) => ({
    kind: () => known.people.identity(identity),
    matches: (field) => identityMatches(known, identity, field),
  });
}
