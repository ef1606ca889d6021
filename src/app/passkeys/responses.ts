import { createHash } from "node:crypto";
import { z } from "zod";
import type { RelyingParty } from "./relying-party.ts";

const base64url = (most: number) => z.base64url().min(1).max(most);

const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;
const common = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal("public-key"),
  clientExtensionResults: z.record(z.string(), z.unknown()).transform(() => ({})),
};

/** What a browser answers: WebAuthn Level 3, `PublicKeyCredential.toJSON()`. What is not read is dropped. */
export const assertionResponse = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url(4000),
    authenticatorData: base64url(4000),
    signature: base64url(2000),
  }),
});

export const registrationResponse = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url(4000),
    attestationObject: base64url(20_000),
    transports: z.array(z.enum(TRANSPORTS)).max(TRANSPORTS.length).exactOptional(),
  }),
});

const clientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
});

interface Expected {
  readonly type: "webauthn.get" | "webauthn.create";
  readonly challenge: string;
}

/** Why what the browser says of an answer is not what was asked for, as a sentence; `null` for nothing. */
export function objectionToClient(
  encoded: string,
  { type, challenge }: Expected,
  { origin }: RelyingParty,
): string | null {
  const read = clientData.safeParse(jsonIn(encoded));
  if (!read.success) return "What the browser sent cannot be read. Try it again.";
  const { data } = read;
  if (data.type !== type) return "That is the answer to another question. Try it again.";
  if (data.challenge !== challenge)
    return "That was given for another statement than this one. Look at what it says now, and sign it anew.";
  if (data.origin !== origin || data.crossOrigin === true)
    return `That was not given on ${origin}. Passkeys count on this page alone: open it there.`;
  return null;
}

/** The same of what the authenticator says: WebAuthn Level 3, 6.1. */
export function objectionToAuthenticator(encoded: string, { id, origin }: RelyingParty): string | null {
  const data = Buffer.from(encoded, "base64url");
  const flags = data[RP_HASH_BYTES];
  if (flags === undefined) return "What the authenticator sent cannot be read. Try it again.";
  if (!data.subarray(0, RP_HASH_BYTES).equals(createHash("sha256").update(id).digest()))
    return `That key was not made for ${origin}. Register one here.`;
  if ((flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0)
    return "Your device did not verify that it is you, by PIN, finger or face. Use a key that does.";
  return null;
}

const RP_HASH_BYTES = 32;
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;

function jsonIn(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
