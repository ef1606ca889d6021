import { createHash } from "node:crypto";
import { cose, decodeCredentialPublicKey } from "@simplewebauthn/server/helpers";
import type { PasskeyJwk, SignedAssertion } from "../../attestation/passkey.ts";
import type { StoredProof } from "../../store/passkeys.ts";

/** An assertion as anybody can verify it, of a key by its id, base64url. */
export function assertionOf(key: string, { publicKey, ...proof }: StoredProof): SignedAssertion {
  const { statement, clientDataJSON, authenticatorData, signature } = proof;
  const credential = createHash("sha256").update(Buffer.from(key, "base64url")).digest("hex");
  return { statement, credential, publicKey: jwkOf(publicKey), clientDataJSON, authenticatorData, signature };
}

/** COSE, base64url, as a JSON Web Key: RFC 9053, 7 and RFC 8230, 4. Throws for a kind of key that is not registered here. */
function jwkOf(publicKey: string): PasskeyJwk {
  const key = decodeCredentialPublicKey(new Uint8Array(Buffer.from(publicKey, "base64url")));
  const field = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("base64url");
  const { COSEKEYS } = cose;
  if (cose.isCOSEPublicKeyEC2(key))
    return { kty: "EC", crv: "P-256", x: field(key.get(COSEKEYS.x)), y: field(key.get(COSEKEYS.y)) };
  if (cose.isCOSEPublicKeyOKP(key)) return { kty: "OKP", crv: "Ed25519", x: field(key.get(COSEKEYS.x)) };
  if (cose.isCOSEPublicKeyRSA(key))
    return { kty: "RSA", n: field(key.get(COSEKEYS.n)), e: field(key.get(COSEKEYS.e)) };
  throw new Error("a key of a kind that is not registered");
}
