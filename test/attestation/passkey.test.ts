import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { assertion, openAssertion, type SignedAssertion } from "../../src/attestation/passkey.ts";
import {
  type Deviations,
  NOT_PRESENT,
  NOT_VERIFIED,
  VirtualAuthenticator,
} from "../app/passkeys/virtual-authenticator.ts";
import { asserted } from "./example.ts";

const STATEMENT = `{"by":{"id":3},"decision":{"kind":"enrol"},"type":"countersign/statement/v1"}`;
const sam = new VirtualAuthenticator();
const given = asserted(sam, STATEMENT);

test("An assertion tells what was signed, and on which page", () => {
  expect(assertion.safeParse(given).success).toBe(true);
  expect(openAssertion(given)).toEqual({ statement: JSON.parse(STATEMENT), origin: "https://sign.example" });
});

describe("It proves nothing", () => {
  test.each<[string, Deviations & { readonly challenge?: string }]>([
    ["of another question", { type: "webauthn.create" }],
    ["over another statement", { challenge: "c".repeat(43) }],
    ["from within another page", { crossOrigin: true }],
    ["for another host than its page", { rpId: "evil.example" }],
    ["on another page than its host", { origin: "https://evil.example" }],
    ["by nobody who was verified", { flags: NOT_VERIFIED }],
    ["by nobody who was there", { flags: NOT_PRESENT }],
    ["by another key", { by: new VirtualAuthenticator() }],
  ])("%s", (_, more) => {
    expect(openAssertion(asserted(sam, STATEMENT, more))).toBeNull();
  });

  test.each<[string, Partial<SignedAssertion>]>([
    ["with another statement in its place", { statement: STATEMENT.replace("3", "4") }],
    ["with a key that is none", { publicKey: { kty: "EC", crv: "P-256", x: "AA", y: "AA" } }],
    [
      "with another key's signature",
      { signature: asserted(new VirtualAuthenticator(), STATEMENT).signature },
    ],
    ["with what no browser says", { clientDataJSON: "e30" }],
    ["with what no authenticator says", { authenticatorData: "AAAA" }],
  ])("%s", (_, more) => {
    expect(openAssertion({ ...given, ...more })).toBeNull();
  });

  test.each([
    ["is no JSON", "Yes."],
    ["is none of the App's", `{"by":{"id":3},"decision":{"kind":"enrol"},"type":"another"}`],
    ["says a thing twice", STATEMENT.replace(`{"id":3}`, `{"id":4,"id":3}`)],
    ["is not in its canonical form", ` ${STATEMENT}`],
  ])("where what was signed %s", (_, statement) => {
    expect(openAssertion(asserted(sam, statement))).toBeNull();
  });
});

/** As an authenticator with another kind of key signs it. */
function signedBy(publicKey: KeyObject, signed: (data: Buffer) => Buffer): SignedAssertion {
  const data = Buffer.concat([
    Buffer.from(given.authenticatorData, "base64url"),
    createHash("sha256").update(Buffer.from(given.clientDataJSON, "base64url")).digest(),
  ]);
  return assertion.parse({
    ...given,
    publicKey: publicKey.export({ format: "jwk" }),
    signature: signed(data).toString("base64url"),
  });
}

describe("Keys are of the kinds that can be registered", () => {
  const ed25519 = generateKeyPairSync("ed25519");
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const other = generateKeyPairSync("ec", { namedCurve: "P-384" });

  test.each([
    ["Ed25519", signedBy(ed25519.publicKey, (data) => sign(null, data, ed25519.privateKey))],
    ["RSA", signedBy(rsa.publicKey, (data) => sign("sha256", data, rsa.privateKey))],
  ])("%s", (_, one) => {
    expect(openAssertion(one)).not.toBeNull();
    expect(openAssertion({ ...one, signature: given.signature })).toBeNull();
  });

  test("and of no other", () => {
    expect(() => signedBy(other.publicKey, (data) => sign("sha256", data, other.privateKey))).toThrow();
  });
});
