import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { assertionOf } from "../../src/app/passkeys/assertion.ts";
import { type Attestation, attest } from "../../src/attestation/bundle.ts";
import type { HumanReview } from "../../src/attestation/human-review.ts";
import { newSigningKey, type SigningKey, signingKeyOf } from "../../src/attestation/key.ts";
import type { KnownKey } from "../../src/attestation/key-set.ts";
import type { SignedAssertion } from "../../src/attestation/passkey.ts";
import { statementOf } from "../../src/attestation/statement.ts";
import { type Deviations, VirtualAuthenticator } from "../app/passkeys/virtual-authenticator.ts";

export const COMMIT = "c".repeat(40);
export const TREE = "d".repeat(40);
const HEAD = "b".repeat(40);

export const REVIEW: HumanReview = {
  change: {
    repository: { id: 70, name: "acme/shop" },
    branch: "main",
    before: "a".repeat(40),
    after: COMMIT,
    pull: 7,
    head: HEAD,
    how: "pr_merge",
    at: "2026-11-30T12:00:00Z",
    by: { id: 1002, login: "olga" },
  },
  authorship: {
    writer: "ai",
    tools: ["kiro"],
    evidence: [{ tool: "kiro", kind: "trailer", strength: "certain", on: HEAD }],
  },
  areas: [
    {
      name: "infrastructure",
      requirement: "infrastructure: @acme/sre",
      count: 1,
      status: "signed",
      contentDigest: "e".repeat(64),
    },
  ],
  signers: [
    {
      ...{ id: 1003, login: "sam", requirement: "infrastructure: @acme/sre", as: "@acme/sre" },
      ...{ at: "2026-11-30T11:50:00Z", review: 501, head: HEAD, kept: false, passkey: null },
    },
  ],
  policy: { commit: "a".repeat(40), digest: "f".repeat(64) },
  outcome: "countersigned",
};

/** A countersignature with a passkey over it, and what of the statement is another one. */
export function confirmed(
  { reviewId = 501, account = 1003, repository = 70, pull = 7, kind = "countersign" } = {},
  authenticator = new VirtualAuthenticator(),
  signedBy = authenticator,
): HumanReview["signers"][number] {
  const statement = String(
    canonicalize({
      ...{ type: "countersign/statement/v1", installation: 7, nonce: "n", issuedAt: "2026-11-30T11:55:00Z" },
      ...{ decision: { kind, reviewId }, by: { id: account, login: "sam" } },
      change: { repository: { id: repository, name: "acme/shop" }, pull, head: HEAD, areas: [], hazards: [] },
    }),
  );
  const vouchedBy = [{ id: 1002, login: "olga" }];
  const [signer] = REVIEW.signers as [HumanReview["signers"][number]];
  return {
    ...signer,
    passkey: { ...asserted(authenticator, statement, { by: signedBy }), byCode: false, vouchedBy },
  };
}

/** What an authenticator makes of a statement. */
export function asserted(
  authenticator: VirtualAuthenticator,
  statement: string,
  more: Deviations & { readonly challenge?: string } = {},
): SignedAssertion {
  const challenge = more.challenge ?? createHash("sha256").update(statement).digest("base64url");
  const { response } = authenticator.assert(challenge, more);
  return assertionOf(authenticator.id, { statement, publicKey: authenticator.publicKey, ...response });
}

export function newKey(): SigningKey {
  const key = signingKeyOf(newSigningKey());
  if (key === null) throw new Error("no key was made");
  return key;
}

export function known({ keyid, publicKey }: SigningKey, revokedAt?: string): KnownKey {
  const madeAt = "2026-11-01T00:00:00.000Z";
  return { keyid, publicKey, madeAt, ...(revokedAt !== undefined && { revokedAt }) };
}

export function attested(key: SigningKey, review: HumanReview = REVIEW): Attestation {
  const subject = { page: "https://github.com/acme/shop", commit: COMMIT, tree: TREE };
  return attest(statementOf(subject, review), key);
}
