import { createHash } from "node:crypto";
import * as z from "zod";
import { STATEMENT_TYPE, signBody } from "./envelope.ts";
import type { SigningKey } from "./key.ts";
import type { Statement } from "./statement.ts";

const MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

/** Of one spelling only, so that no two texts mean the same bytes. */
const base64 = z
  .string()
  .refine((text) => Buffer.from(text, "base64").toString("base64") === text, "must be base64");

/** A Sigstore bundle v0.3 of a DSSE envelope, signed with a key that is known by its id, without any service. */
export const bundle = z.strictObject({
  mediaType: z.literal(MEDIA_TYPE),
  verificationMaterial: z.strictObject({
    publicKey: z.strictObject({ hint: z.string() }),
    tlogEntries: z.tuple([]),
  }),
  dsseEnvelope: z.strictObject({
    payload: base64,
    payloadType: z.literal(STATEMENT_TYPE),
    signatures: z.tuple([z.strictObject({ sig: base64, keyid: z.string() })]),
  }),
});

export type Bundle = Readonly<z.infer<typeof bundle>>;

/** A statement signed by the App, and by what the ledger knows it. */
export interface Attestation {
  readonly bundle: Bundle;
  readonly keyid: string;
  /** SHA-256 of the signed payload, in hexadecimal. */
  readonly digest: string;
}

export function attest(statement: Statement, key: SigningKey): Attestation {
  return signedBundle(Buffer.from(JSON.stringify(statement)), key);
}

/** Of a body that is an in-toto statement in JSON. */
export function signedBundle(body: Uint8Array, key: SigningKey): Attestation {
  const { keyid } = key;
  const envelope = {
    payload: Buffer.from(body).toString("base64"),
    payloadType: STATEMENT_TYPE,
    signatures: [{ sig: signBody(body, key).toString("base64"), keyid }],
  } satisfies Bundle["dsseEnvelope"];
  return {
    bundle: {
      mediaType: MEDIA_TYPE,
      verificationMaterial: { publicKey: { hint: keyid }, tlogEntries: [] },
      dsseEnvelope: envelope,
    },
    keyid,
    digest: digestOf(body),
  };
}

/** By what the ledger knows a statement. */
export function digestOf(body: Uint8Array): string {
  return createHash("sha256").update(body).digest("hex");
}
