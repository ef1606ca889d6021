import { createPublicKey, type KeyObject } from "node:crypto";
import * as z from "zod";
import { isP256, thumbprint } from "./key.ts";

/** A key of the App, past or present. Times are ISO 8601. */
export interface KnownKey {
  readonly keyid: string;
  readonly publicKey: KeyObject;
  readonly madeAt: string;
  /** Left out while it signs. */
  readonly revokedAt?: string;
}

const coordinate = z.string().regex(/^[\w-]{43}$/);

/** A JWK set (RFC 7517) with when each key was made and revoked. */
const keySet = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.literal("EC"),
      crv: z.literal("P-256"),
      x: coordinate,
      y: coordinate,
      madeAt: z.iso.datetime(),
      revokedAt: z.iso.datetime().optional(),
    }),
  ),
});

/** What is published: public parts alone. */
export function keySetOf(keys: readonly KnownKey[]): object {
  return {
    keys: keys.map(({ keyid, publicKey, madeAt, revokedAt }) => {
      const { kty, crv, x, y } = publicKey.export({ format: "jwk" });
      return {
        kid: keyid,
        kty,
        crv,
        x,
        y,
        use: "sig",
        alg: "ES256",
        madeAt,
        ...(revokedAt && { revokedAt }),
      };
    }),
  };
}

/** `null` for what is no key set, or names a key by another id than its own. */
export function keysIn(document: unknown): readonly KnownKey[] | null {
  const { success, data } = keySet.safeParse(document);
  if (!success) return null;
  const keys: KnownKey[] = [];
  for (const { kid, kty, crv, x, y, madeAt, revokedAt } of data.keys) {
    const publicKey = publicKeyOf({ kty, crv, x, y });
    if (publicKey === null || !isP256(publicKey) || thumbprint(publicKey) !== kid) return null;
    keys.push({ keyid: kid, publicKey, madeAt, ...(revokedAt !== undefined && { revokedAt }) });
  }
  return keys;
}

function publicKeyOf(key: { kty: string; crv: string; x: string; y: string }): KeyObject | null {
  try {
    return createPublicKey({ key, format: "jwk" });
  } catch {
    return null;
  }
}
