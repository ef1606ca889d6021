import { describe, expect, test } from "@jest/globals";
import { relyingPartyAt } from "../../../src/app/passkeys/relying-party.ts";
import {
  type VerifyingKey,
  verifyAssertion,
  verifyRegistration,
} from "../../../src/app/passkeys/webauthn.ts";
import {
  type Deviations,
  NOT_PRESENT,
  NOT_VERIFIED,
  SYNCED,
  VirtualAuthenticator,
} from "./virtual-authenticator.ts";

const PARTY = relyingPartyAt("https://sign.example");
const hash = (letter: string) => Buffer.from(letter.repeat(32)).toString("base64url");
const CHALLENGE = hash("a");

async function registered(authenticator = new VirtualAuthenticator()) {
  const made = await verifyRegistration(PARTY, {
    response: authenticator.register(CHALLENGE),
    challenge: CHALLENGE,
  });
  if (!made.ok) throw new Error(made.because);
  return { authenticator, key: made.key };
}

test("the relying party is the host that people reach the App at", () => {
  expect(PARTY).toEqual({ id: "sign.example", origin: "https://sign.example" });
  expect(relyingPartyAt("http://localhost:3000")).toEqual({
    id: "localhost",
    origin: "http://localhost:3000",
  });
});

describe("a new key", () => {
  test("is known by its id and public key, with where it may be", async () => {
    const authenticator = new VirtualAuthenticator();
    expect((await registered(authenticator)).key).toEqual({
      ...{ id: authenticator.id, publicKey: expect.stringMatching(/^[\w-]{100,}$/) },
      ...{ counter: 0, device: "single", backedUp: false },
    });
    const synced = new VirtualAuthenticator();
    const response = synced.register(CHALLENGE, { flags: SYNCED | 0x40 });
    expect(await verifyRegistration(PARTY, { response, challenge: CHALLENGE })).toMatchObject({
      key: { device: "multi", backedUp: true },
    });
  });

  test.each<[string, Deviations, RegExp]>([
    ["another page", { origin: "https://sign.example.evil" }, /was not given on https:\/\/sign\.example\./],
    ["a frame", { crossOrigin: true }, /was not given on/],
    ["an assertion", { type: "webauthn.get" }, /answer to another question/],
    ["another host's key", { rpId: "evil.example" }, /cannot be registered/],
    ["nobody verified", { flags: NOT_VERIFIED | 0x40 }, /cannot be registered/],
  ])("is refused: %s", async (_, deviations, because) => {
    const response = new VirtualAuthenticator().register(CHALLENGE, deviations);
    expect(await verifyRegistration(PARTY, { response, challenge: CHALLENGE })).toEqual({
      ok: false,
      because: expect.stringMatching(because),
    });
  });

  test("is refused for another challenge, and where it is none", async () => {
    const response = new VirtualAuthenticator().register(hash("b"));
    const asked = (given: unknown) => verifyRegistration(PARTY, { response: given, challenge: CHALLENGE });
    expect(await asked(response)).toMatchObject({ because: expect.stringMatching(/another statement/) });
    for (const nonsense of [null, {}, "key", { ...response, response: {} }])
      expect(await asked(nonsense)).toMatchObject({ because: expect.stringMatching(/no new key/) });
  });
});

describe("an assertion", () => {
  const asserted = async (
    deviations: Deviations = {},
    more: Partial<VerifyingKey> & { readonly challenge?: string } = {},
  ) => {
    const { challenge = CHALLENGE, ...changed } = more;
    const { authenticator, key } = await registered();
    const response = authenticator.assert(CHALLENGE, deviations);
    return verifyAssertion(PARTY, { response, challenge, key: { ...key, ...changed } });
  };

  test("is one of a key over the challenge, and says how the key stands", async () => {
    expect(await asserted()).toMatchObject({
      ok: true,
      state: { counter: 1, device: "single", backedUp: false },
    });
    expect(await asserted({ flags: SYNCED })).toMatchObject({ state: { device: "multi", backedUp: true } });
  });

  test.each<[string, Deviations, RegExp]>([
    [
      "given on another page",
      { origin: "https://evil.example" },
      /was not given on https:\/\/sign\.example\./,
    ],
    ["given on another port", { origin: "https://sign.example:8443" }, /was not given on/],
    ["given in a frame of another page", { crossOrigin: true }, /was not given on/],
    [
      "of a key that was made for another host",
      { rpId: "evil.example" },
      /not made for https:\/\/sign\.example\./,
    ],
    ["that verified nobody", { flags: NOT_VERIFIED }, /did not verify that it is you/],
    ["that nobody touched", { flags: NOT_PRESENT }, /did not verify that it is you/],
    ["that is a registration", { type: "webauthn.create" }, /answer to another question/],
    ["with another key's signature", { by: new VirtualAuthenticator() }, /not one of that key/],
  ])("is refused: one %s", async (_, deviations, because) => {
    expect(await asserted(deviations)).toEqual({ ok: false, because: expect.stringMatching(because) });
  });

  test("is refused for another statement", async () => {
    expect(await asserted({}, { challenge: hash("b") })).toMatchObject({
      because: expect.stringMatching(/another statement than this one/),
    });
  });

  test("is refused of a key that is not known", async () => {
    expect(await asserted({}, { id: new VirtualAuthenticator().id })).toMatchObject({
      because: expect.stringMatching(/not registered for your account/),
    });
  });

  test.each<[string, number, number, boolean]>([
    ["counts on", 5, 6, true],
    ["skips some", 5, 90, true],
    ["does not count at all", 0, 0, true],
    ["stands still", 5, 5, false],
    ["went back", 5, 4, false],
    ["counted before and does not any more", 5, 0, false],
  ])("a counter that %s", async (_, before, now, ok) => {
    expect(await asserted({ counter: now }, { counter: before })).toMatchObject(
      ok
        ? { ok, state: { counter: now } }
        : { ok, because: expect.stringMatching(/counter of that key went back/) },
    );
  });

  test("is refused where it is none, or nothing", async () => {
    const { authenticator, key } = await registered();
    const good = authenticator.assert(CHALLENGE);
    const { response } = good;
    const broken: readonly unknown[] = [
      null,
      "assertion",
      { ...good, response: { ...response, signature: "" } },
      { ...good, response: { ...response, authenticatorData: "AAAA" } },
      { ...good, response: { ...response, clientDataJSON: "AAAA" } },
      { ...good, response: { ...response, signature: "A".repeat(5000) } },
    ];
    for (const each of broken)
      expect(await verifyAssertion(PARTY, { response: each, challenge: CHALLENGE, key })).toMatchObject({
        ok: false,
      });
  });
});
