import type { Decision, PasskeyFacts, PasskeySignature } from "../../../src/signoff/passkey-facts.ts";
import { fingerprints } from "../../../src/signoff/requirements/fingerprints.ts";
import type { Account, ChangedFile } from "../../../src/signoff/snapshot.ts";
import { HEAD, olga, snapshot, sven } from "../build.ts";

export const SIGN_AT = "https://sign.example/acme/shop/pull/7/sign";
export const keyOf = ({ login }: Account): string => `key of ${login}`;

/** What is shown when somebody signs in most tests. */
const SHOWN = snapshot().files;

/** Somebody's passkey over a decision, given for these files. */
export function signature(
  by: Account,
  decision: Decision,
  { files = SHOWN, ...more }: Partial<PasskeySignature> & { readonly files?: readonly ChangedFile[] } = {},
): PasskeySignature {
  return {
    statement: "hash",
    by,
    key: keyOf(by),
    decision,
    at: "2026-11-20T12:55:00.000Z",
    headSha: HEAD,
    baseRef: "main",
    content: Object.fromEntries(fingerprints(files)),
    hazards: [],
    ...more,
  };
}

export const countersign = (by: Account, reviewId: number, more: Parameters<typeof signature>[2] = {}) =>
  signature(by, { kind: "countersign", reviewId }, more);

/** Olga's key came with a code from the server, and she vouched for Sven's. */
export function passkeys(
  signed: readonly PasskeySignature[] = [],
  more: Partial<PasskeyFacts> = {},
): PasskeyFacts {
  const enrolledAt = "2026-11-01T00:00:00.000Z";
  return {
    signAt: SIGN_AT,
    keys: [
      { id: keyOf(olga), owner: olga, enrolledAt, byCode: true },
      { id: keyOf(sven), owner: sven, enrolledAt },
    ],
    vouches: [{ key: keyOf(sven), by: olga, withKey: keyOf(olga), at: enrolledAt }],
    signed,
    ...more,
  };
}
