import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "@jest/globals";
import { newSigningKey, publicPem, signingKeyOf } from "../../src/attestation/key.ts";

const pem = (key: ReturnType<typeof generateKeyPairSync>["privateKey"], type: "pkcs8" | "sec1" = "pkcs8") =>
  key.export({ type, format: "pem" }).toString();
const ec = (namedCurve: string) => generateKeyPairSync("ec", { namedCurve });
const p256 = ec("P-256");

test.each([
  ["one that was made here", newSigningKey()],
  ["one that OpenSSL made (SEC 1)", pem(p256.privateKey, "sec1")],
  ["one in PKCS #8", pem(p256.privateKey)],
])("A key to sign with is %s", (_, text) => {
  expect(signingKeyOf(text)?.keyid).toMatch(/^[\w-]{43}$/);
});

test.each([
  ["a key of another curve", pem(ec("P-384").privateKey)],
  ["a key of RSA", pem(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey)],
  ["a key of Ed25519", pem(generateKeyPairSync("ed25519").privateKey)],
  ["the public part alone", publicPem(p256.publicKey)],
  ["anything else", "-----BEGIN"],
  ["nothing", ""],
])("No key to sign with is %s", (_, text) => {
  expect(signingKeyOf(text)).toBeNull();
});

test("The same key has the same id in whichever form it comes", () => {
  const [one, other] = [signingKeyOf(pem(p256.privateKey, "sec1")), signingKeyOf(pem(p256.privateKey))];
  expect(one?.keyid).toBe(other?.keyid);
});
