import { bundle, digestOf } from "./bundle.ts";
import { isSigned } from "./envelope.ts";
import type { HumanReview } from "./human-review.ts";
import type { KnownKey } from "./key-set.ts";
import { openAssertion } from "./passkey.ts";
import { type Statement, statement } from "./statement.ts";

/** Why a bundle proves nothing. */
type BundleDamage =
  | "not-a-bundle"
  | "unknown-key"
  | "wrong-signature"
  | "not-a-statement"
  | "contradicts-itself"
  | "wrong-passkey"
  | "key-revoked";

interface Damaged {
  readonly status: "damaged";
  readonly damage: BundleDamage;
  readonly keyid: string | null;
}

interface Signed {
  readonly status: "signed";
  readonly key: KnownKey;
  /** SHA-256 of the signed payload, by which the ledger knows it. */
  readonly digest: string;
}

/** What a bundle comes to: whatever is signed in it, by a key that the reader trusts, also if that was revoked. */
export function openBundle(
  document: unknown,
  keys: readonly KnownKey[],
): (Signed & { readonly body: Buffer }) | Damaged {
  const read = bundle.safeParse(document);
  if (!read.success) return damaged("not-a-bundle", null);
  const { dsseEnvelope: envelope, verificationMaterial: material } = read.data;
  const [{ sig, keyid }] = envelope.signatures;
  if (material.publicKey.hint !== keyid) return damaged("contradicts-itself", keyid);
  const key = keys.find((one) => one.keyid === keyid);
  if (key === undefined) return damaged("unknown-key", keyid);
  const body = Buffer.from(envelope.payload, "base64");
  const signature = Buffer.from(sig, "base64");
  if (!isSigned({ body, signature }, key.publicKey)) return damaged("wrong-signature", keyid);
  return { status: "signed", body, key, digest: digestOf(body) };
}

export type VerifiedBundle = (Signed & { readonly statement: Statement }) | Damaged;

/**
 * The statement in a bundle. Who holds a revoked key can sign whatever they like, so that its statements count only where
 * `wasBefore` says that the chain held them before the revocation.
 */
export function verifyBundle(
  document: unknown,
  keys: readonly KnownKey[],
  wasBefore: (digest: string, key: KnownKey) => boolean,
): VerifiedBundle {
  const opened = openBundle(document, keys);
  if (opened.status === "damaged") return opened;
  const { body, ...signed } = opened;
  const { keyid, revokedAt } = signed.key;
  const said = statementIn(body);
  if (said === null) return damaged("not-a-statement", keyid);
  if (said.subject[0].digest.gitCommit !== said.predicate.change.after)
    return damaged("contradicts-itself", keyid);
  if (!hasTruePasskeys(said.predicate)) return damaged("wrong-passkey", keyid);
  if (revokedAt !== undefined && !wasBefore(signed.digest, signed.key)) return damaged("key-revoked", keyid);
  return { ...signed, statement: said };
}

/** Who signed with a passkey in a statement that was verified, and on which page. */
export function passkeysIn({
  predicate: { signers },
}: Statement): readonly { login: string; origin: string }[] {
  return signers.flatMap(({ login, passkey }) => {
    const opened = passkey === null ? null : openAssertion(passkey);
    return opened === null ? [] : [{ login, origin: opened.origin }];
  });
}

/** Whether each passkey signed that its person approves this change by that review. */
function hasTruePasskeys({ change, signers }: HumanReview): boolean {
  return signers.every(({ passkey, id, review }) => {
    if (passkey === null) return true;
    const { statement: signed } = openAssertion(passkey) ?? {};
    const { by, decision, change: about } = signed ?? {};
    return (
      by?.id === id &&
      decision?.kind === "countersign" &&
      decision.reviewId === review &&
      about?.repository.id === change.repository.id &&
      (change.pull === null || about.pull === change.pull)
    );
  });
}

function damaged(damage: BundleDamage, keyid: string | null): Damaged {
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

/** One sentence for people. */
export function bundleSentence({ damage, keyid }: Pick<Damaged, "damage" | "keyid">): string {
  const key = keyid === null ? "its key" : `the key ${keyid}`;
  switch (damage) {
    case "not-a-bundle":
      return "It is no bundle of a signed statement, or was changed.";
    case "unknown-key":
      return `It is signed with ${key}, which is not among the keys given.`;
    case "wrong-signature":
      return `It is not what ${key} signed: the statement or the signature was changed.`;
    case "not-a-statement":
      return "What is signed is no statement of a human review.";
    case "contradicts-itself":
      return "It contradicts itself: it names two keys, or another commit than its own.";
    case "wrong-passkey":
      return "A passkey in it did not sign what it says: the assertion, its key or what was signed was changed.";
    case "key-revoked":
      return `It is signed with ${key}, which was revoked, and nothing shows that the ledger held it before.`;
  }
}
