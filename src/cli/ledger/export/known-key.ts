import { createPublicKey } from "node:crypto";
import type { KnownKey } from "../../../attestation/key-set.ts";
import type { SigningKeyRecord } from "../../../store/signing-keys.ts";

/** A key of the store as its public part alone. */
export function knownKey({ keyid, publicKey, madeAt, revokedAt }: SigningKeyRecord): KnownKey {
  return {
    ...{ keyid, publicKey: createPublicKey(publicKey), madeAt: new Date(madeAt).toISOString() },
    ...(revokedAt !== null && { revokedAt: new Date(revokedAt).toISOString() }),
  };
}
