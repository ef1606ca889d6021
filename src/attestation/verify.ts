import { bundle, digestOf } from "./bundle.ts";
import { isSigned } from "./envelope.ts";
import type { KnownKey } from "./key-set.ts";
import { type Statement, statement } from "./statement.ts";

/** Why a bundle proves nothing. */
export type BundleDamage =
  | "not-a-bundle"
  | "unknown-key"
  | "wrong-signature"
  | "not-a-statement"
  | "contradicts-itself"
  | "key-revoked";

/** What a bundle comes to. */
export type VerifiedBundle =
  | {
      readonly status: "signed";
      readonly statement: Statement;
      readonly keyid: string;
      /** SHA-256 of the signed payload, by which the ledger knows it. */
      readonly digest: string;
    }
  | { readonly status: "damaged"; readonly damage: BundleDamage; readonly keyid: string | null };

/**
 * Checks a bundle against keys that the reader trusts. Who holds a revoked key can sign whatever they like, so that its
 * statements count only where `wasBefore` says that the chain held them before the revocation.
 */
export function verifyBundle(
  document: unknown,
  keys: readonly KnownKey[],
  wasBefore: (digest: string, key: KnownKey) => boolean,
): VerifiedBundle {
  const read = bundle.safeParse(document);
  if (!read.success) return damaged("not-a-bundle", null);
  const { dsseEnvelope: envelope, verificationMaterial: material } = read.data;
  const [{ sig, keyid }] = envelope.signatures;
  if (material.publicKey.hint !== keyid) return damaged("contradicts-itself", keyid);
  const key = keys.find((one) => one.keyid === keyid);
  if (key === undefined) return damaged("unknown-key", keyid);
  const body = Buffer.from(envelope.payload, "base64");
  if (!isSigned(body, Buffer.from(sig, "base64"), key.publicKey)) return damaged("wrong-signature", keyid);
  const said = statementIn(body);
  if (said === null) return damaged("not-a-statement", keyid);
  if (said.subject[0].digest.gitCommit !== said.predicate.change.after)
    return damaged("contradicts-itself", keyid);
  const digest = digestOf(body);
  if (key.revokedAt !== undefined && !wasBefore(digest, key)) return damaged("key-revoked", keyid);
  return { status: "signed", statement: said, keyid, digest };
}

function damaged(damage: BundleDamage, keyid: string | null): VerifiedBundle {
  return { status: "damaged", damage, keyid };
}

function statementIn(body: Buffer): Statement | null {
  try {
    const { success, data } = statement.safeParse(JSON.parse(body.toString("utf8")));
    return success ? data : null;
  } catch {
    return null;
  }
}
