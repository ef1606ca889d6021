import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";

/** What the App signs with. The private part leaves the process for the store alone. */
export interface SigningKey {
  /** RFC 7638: SHA-256 of the public JWK, base64url. */
  readonly keyid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const CURVE = "prime256v1";

/** `null` for what is no private key of the curve P-256 in PEM form; nothing of it is quoted. */
export function signingKeyOf(pem: string): SigningKey | null {
  try {
    const privateKey = createPrivateKey(pem);
    if (!isP256(privateKey)) return null;
    const publicKey = createPublicKey(privateKey);
    return { keyid: thumbprint(publicKey), privateKey, publicKey };
  } catch {
    return null;
  }
}

/** A new one, as PEM (PKCS #8). */
export function newSigningKey(): string {
  return generateKeyPairSync("ec", { namedCurve: CURVE }).privateKey.export(PRIVATE_PEM).toString();
}

export function publicPem(key: KeyObject): string {
  return key.export({ type: "spki", format: "pem" }).toString();
}

export function isP256(key: KeyObject): boolean {
  return key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === CURVE;
}

/** RFC 7638: the required members alone, in the order of their names. */
export function thumbprint(publicKey: KeyObject): string {
  const { crv, kty, x, y } = publicKey.export({ format: "jwk" });
  return createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
}

const PRIVATE_PEM = { type: "pkcs8", format: "pem" } as const;
