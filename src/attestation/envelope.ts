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
export function signBody(body: Uint8Array, { privateKey }: Pick<SigningKey, "privateKey">): Buffer {
  return sign("sha256", preAuthEncoding(STATEMENT_TYPE, body), privateKey);
}

export function isSigned(body: Uint8Array, signature: Uint8Array, publicKey: KeyObject): boolean {
  return verify("sha256", preAuthEncoding(STATEMENT_TYPE, body), publicKey, signature);
}
