import { type KeyObject, sign, verify } from "node:crypto";
import type { SigningKey } from "./key.ts";

/** Of in-toto statements in DSSE envelopes (in-toto Attestation Framework v1). */
export const STATEMENT_TYPE = "application/vnd.in-toto+json";

/** DSSE v1.0: what is signed for a body of this type. Lengths count bytes. */
export function preAuthEncoding(type: string, body: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.byteLength} `;
  return Buffer.concat([Buffer.from(head), body]);
}

/** ECDSA over P-256 with SHA-256, in DER. */
export function signBody(
  body: Uint8Array,
  { privateKey }: Pick<SigningKey, "privateKey">,
  type = STATEMENT_TYPE,
): Buffer {
  return sign("sha256", preAuthEncoding(type, body), privateKey);
}

interface SignedBody {
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
  /** Of what it says it is. */
  readonly type?: string;
}

export function isSigned({ body, signature, type = STATEMENT_TYPE }: SignedBody, key: KeyObject): boolean {
  return verify("sha256", preAuthEncoding(type, body), key, signature);
}
