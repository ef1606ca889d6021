import * as z from "zod";
import { isSigned, signBody } from "./envelope.ts";
import type { SigningKey } from "./key.ts";
import type { KnownKey } from "./key-set.ts";

/** That entries of a ledger up to one may be removed. */
export interface SignedCheckpoint {
  readonly through: number;
  readonly hash: string;
  readonly before: string;
}

const TYPE = "application/vnd.countersign.checkpoint.v1+json";

const signatureOf = z.strictObject({ keyid: z.string(), sig: z.base64() });

/** The App's word for a checkpoint: with it, who may write the database alone cannot shorten the ledger. */
export function signCheckpoint(checkpoint: SignedCheckpoint, key: SigningKey): z.infer<typeof signatureOf> {
  return { keyid: key.keyid, sig: signBody(bodyOf(checkpoint), key, TYPE).toString("base64") };
}

/** Whether one of the keys signed it. */
export function isCheckpointSigned(
  checkpoint: SignedCheckpoint,
  signature: unknown,
  keys: readonly KnownKey[],
): boolean {
  const { success, data } = signatureOf.safeParse(signature);
  const key = success ? keys.find(({ keyid }) => keyid === data.keyid) : undefined;
  if (!success || key === undefined) return false;
  const body = bodyOf(checkpoint);
  return isSigned({ body, signature: Buffer.from(data.sig, "base64"), type: TYPE }, key.publicKey);
}

function bodyOf({ through, hash, before }: SignedCheckpoint): Buffer {
  return Buffer.from(JSON.stringify({ through, hash, before }));
}
