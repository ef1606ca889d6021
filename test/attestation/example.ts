import { type Attestation, attest } from "../../src/attestation/bundle.ts";
import type { HumanReview } from "../../src/attestation/human-review.ts";
import { newSigningKey, type SigningKey, signingKeyOf } from "../../src/attestation/key.ts";
import type { KnownKey } from "../../src/attestation/key-set.ts";
import { statementOf } from "../../src/attestation/statement.ts";

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
