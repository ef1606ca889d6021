import { createHash, createPublicKey, type JsonWebKey, verify } from "node:crypto";
import canonicalize from "canonicalize";
import * as z from "zod";

const base64url = z.string().regex(/^[A-Za-z0-9_-]*$/, "must be base64url");

/** As JSON Web Keys have them (RFC 7517), so that any library reads them. */
const publicKey = z.discriminatedUnion("kty", [
  z.strictObject({ kty: z.literal("EC"), crv: z.literal("P-256"), x: base64url, y: base64url }),
  z.strictObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: base64url }),
  z.strictObject({ kty: z.literal("RSA"), n: base64url, e: base64url }),
]);

export type PasskeyJwk = z.infer<typeof publicKey>;

/** An assertion as anybody can verify it again: WebAuthn Level 3, 7.2. */
export const assertion = z.strictObject({
  statement: z
    .string()
    .describe("What was signed: one decision, in words of the App, as canonical JSON (RFC 8785)."),
  credential: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("SHA-256 of the id of the key, in hexadecimal."),
  publicKey: publicKey.describe("The key, as a JSON Web Key."),
  clientDataJSON: base64url.describe(
    "What the browser says, base64url: its `challenge` is the SHA-256 of `statement`, its `origin` the page.",
  ),
  authenticatorData: base64url.describe(
    "What the authenticator says, base64url: for which host, and that it verified the person.",
  ),
  signature: base64url.describe(
    "The key’s signature over `authenticatorData` and the SHA-256 of `clientDataJSON`, base64url.",
  ),
});

export type SignedAssertion = Readonly<z.infer<typeof assertion>>;

const statement = z.looseObject({
  type: z.literal("countersign/statement/v1"),
  by: z.looseObject({ id: z.int() }),
  decision: z.looseObject({ kind: z.string() }),
  change: z
    .looseObject({ repository: z.looseObject({ id: z.int() }), pull: z.int(), head: z.string() })
    .optional(),
});

/** What was signed, as far as a reader compares it. */
export type SignedStatement = z.infer<typeof statement>;

const clientData = z.object({
  type: z.literal("webauthn.get"),
  challenge: z.string(),
  origin: z.url(),
  crossOrigin: z.literal(false).optional(),
});

/** What a key signed, and on which page; `null` where the assertion is not one of it by a person whom it verified. */
export function openAssertion(
  given: SignedAssertion,
): { readonly statement: SignedStatement; readonly origin: string } | null {
  const client = clientData.safeParse(parsed(bytesOf(given.clientDataJSON).toString("utf8"))).data;
  const said = parsed(given.statement);
  const read = statement.safeParse(said).data;
  if (client === undefined || read === undefined || canonicalize(said) !== given.statement) return null;
  const { challenge, origin } = client;
  const isOver = challenge === sha256(given.statement).toString("base64url");
  return isOver && isByPerson(given, origin) && isSigned(given) ? { statement: read, origin } : null;
}

const RP_HASH_BYTES = 32;
const PRESENT_AND_VERIFIED = 0x05;

/** WebAuthn Level 3, 6.1: for the host of the page, by a person who was there and was verified. */
function isByPerson({ authenticatorData }: SignedAssertion, origin: string): boolean {
  const data = bytesOf(authenticatorData);
  const flags = data[RP_HASH_BYTES] ?? 0;
  return (
    data.subarray(0, RP_HASH_BYTES).equals(sha256(new URL(origin).hostname)) &&
    (flags & PRESENT_AND_VERIFIED) === PRESENT_AND_VERIFIED
  );
}

function isSigned({
  publicKey: jwk,
  clientDataJSON,
  authenticatorData,
  signature,
}: SignedAssertion): boolean {
  const signed = Buffer.concat([bytesOf(authenticatorData), sha256(bytesOf(clientDataJSON))]);
  try {
    const key = createPublicKey({ key: jwk as JsonWebKey, format: "jwk" });
    // Ed25519 hashes by itself.
    return verify(jwk.kty === "OKP" ? null : "sha256", signed, key, bytesOf(signature));
  } catch {
    return false;
  }
}

function sha256(data: string | Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, "base64url");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
